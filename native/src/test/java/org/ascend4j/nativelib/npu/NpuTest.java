package org.ascend4j.nativelib.npu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.ascend4j.nativelib.support.ChildJvm;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.PythonEnvironment;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.nativelib.support.TorchHome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@Requires({Prerequisite.NATIVE, Prerequisite.PYTHON, Prerequisite.NPU})
final class NpuTest {
    private static Map<String, String> found;

    @BeforeAll
    static void runInAProcessOfItsOwn() throws Exception {
        PythonEnvironment python = PythonEnvironment.find().orElseThrow();
        found = new ChildJvm()
                .withTorch(TorchHome.find().orElseThrow())
                .run(NpuScenario.class, python.libpython(), python.executable())
                .lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
    }

    @Test
    void devicesAreThoseThatPythonSees() {
        assertThat(found).containsEntry("registered before import", "false");
        assertThat(found).containsEntry("registered after import", "true");
        assertEqualSides("count");
        assertEqualSides("name");
        assertEqualSides("memory");
    }

    @Test
    void aMissingDeviceIsNamed() {
        assertThat(found.get("missing device"))
                .matches("npu:\\d+ expected, found \\d+ NPUs; check ASCEND_RT_VISIBLE_DEVICES .*");
    }

    @Test
    void optionsReachTorchNpu() {
        assertThat(found).containsEntry("jit", "false");
        assertThat(found).containsEntry("hf32", "false true");
        assertThat(found).containsEntry("precision", "must_keep_origin_dtype");
    }

    @Test
    void theGeneratorIsPythonsAndItsStateIsRestored() {
        assertThat(found).containsEntry("seed", "7 of 7");
        assertThat(found).containsEntry("state", "16 cpu");
        assertThat(found).containsEntry("restored seed", "7");
    }

    @Test
    void theAllocatorCountsTensors() {
        assertThat(found).containsEntry("allocated", "16");
        assertThat(found).containsEntry("freed", "true");
        assertThat(found).containsEntry("peak", "true");
        assertThat(found).containsEntry("peak after reset", "true");
        assertThat(found).containsEntry("reserved after emptying", "true");
        assertThat(found).containsEntry("beyond the fraction", "true");
    }

    @Test
    void streamsAndEventsOrderWork() {
        assertThat(found).containsEntry("default stream", "true");
        assertThat(found).containsEntry("side stream", "true");
        assertThat(found).containsEntry("current stream", "true");
        assertThat(found).containsEntry("done", "true");
        assertThat(found).containsEntry("sum", String.valueOf((float) (1 << 20)));
        assertThat(found)
                .containsEntry("unrecorded event", "an event that was recorded expected, found one that was not");
    }

    @Test
    void eventsWithTimingTellElapsedTime() {
        assertThat(found).containsEntry("elapsed", "true");
    }

    @Test
    void threadsHaveDevicesOfTheirOwn() {
        assertThat(found).containsEntry("thread", "true");
        assertThat(found).containsEntry("main thread", "0");
    }

    @Test
    void theRuntimeEndsCleanly() {
        assertThat(found).containsEntry("end", "reached");
    }

    private static void assertEqualSides(String name) {
        String[] sides = found.get(name).split(" of ");
        assertThat(sides[0]).as(name).isEqualTo(sides[1]).isNotEmpty();
    }
}
