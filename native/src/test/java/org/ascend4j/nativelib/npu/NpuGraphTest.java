package org.ascend4j.nativelib.npu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ascend4j.nativelib.support.ChildJvm;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.PythonEnvironment;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.nativelib.support.TorchHome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@Requires({Prerequisite.NATIVE, Prerequisite.PYTHON, Prerequisite.NPU})
final class NpuGraphTest {
    private static List<String> found;

    @BeforeAll
    static void runInAProcessOfItsOwn() throws Exception {
        PythonEnvironment python = PythonEnvironment.find().orElseThrow();
        found = new ChildJvm()
                .withTorch(TorchHome.find().orElseThrow())
                .run(NpuGraphScenario.class, python.libpython(), python.executable())
                .lines()
                .toList();
    }

    @Test
    void replaysDoWhatWasRecorded() {
        assertThat(found).contains("obstacle=none", "replays=[1.0, 3.0, 7.0, 15.0, 31.0]");
    }

    @Test
    void backwardPassesAreRecorded() {
        assertThat(found).contains("gradients=[0.5, 0.25, 0.125]");
    }

    @Test
    void replaysDrawTheNumbersOfEagerCalls() {
        assertThat(found).contains("random=true false");
    }

    @Test
    void aFailedCaptureLeavesTheDeviceUsable() {
        assertThat(found)
                .contains("reading=true", "own failure=ours", "not executed=1.0")
                .filteredOn(line -> line.startsWith("replays="))
                .hasSize(2)
                .containsOnly("replays=[1.0, 3.0, 7.0, 15.0, 31.0]");
        assertThat(found).contains("end=reached");
    }
}
