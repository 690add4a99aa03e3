package org.ascend4j.nativelib.npu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ascend4j.nativelib.support.ChildJvm;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.PythonEnvironment;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.nativelib.support.TorchHome;
import org.junit.jupiter.api.Test;

@Requires({Prerequisite.NATIVE, Prerequisite.PYTHON, Prerequisite.SIMULATED_NPU})
final class FailedNpuTest {
    /** torch_npu throws an error of its queue once, from whichever call comes next, even where C++ then aborts the process. */
    @Test
    void anEventOfAFailedDeviceIsClosedWithItsError() throws Exception {
        PythonEnvironment python = PythonEnvironment.find().orElseThrow();
        List<String> lines = new ChildJvm()
                .withTorch(TorchHome.find().orElseThrow())
                .withVariable("SIM_FAULT", "lost@1")
                .run(FailedNpuScenario.class, python.libpython(), python.executable())
                .lines()
                .filter(line -> line.contains("="))
                .toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("closed event=The Inner error is reported as above.");
        assertThat(lines.get(1)).isEqualTo("closed again=done");
        assertThat(lines.get(2)).matches("synchronized=.*\\b507010\\b.*");
    }
}
