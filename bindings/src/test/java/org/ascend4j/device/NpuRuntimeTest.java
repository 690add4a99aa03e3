package org.ascend4j.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;

class NpuRuntimeTest {
    private static final DeviceSpec FIRST = DeviceSpec.parse("npu:0");
    private static final DeviceSpec SECOND = DeviceSpec.parse("npu:1");

    private final List<Runnable> atExit = new ArrayList<>();
    private final NpuRuntime runtime = new NpuRuntime(atExit::add);
    private int starts;
    private int ends;

    @Test
    void devicesAreOpenedAgainAndTheRuntimeEndsWithTheProcess() {
        runtime.open(FIRST, this::start, this::end);
        runtime.open(SECOND, this::start, this::end);
        runtime.close();
        runtime.close();
        runtime.open(FIRST, this::start, this::end);
        runtime.close();
        assertThat(ends).isZero();
        exit();
        assertThat(ends).isOne();
    }

    @Test
    void aDeviceThatIsOpenWhenTheProcessEndsIsWaitedFor() {
        runtime.open(FIRST, this::start, this::end);
        exit();
        assertThat(ends).isZero();
        runtime.close();
        assertThat(ends).isOne();
        assertThatThrownBy(() -> runtime.open(SECOND, this::start, this::end))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("device npu:1 expects a process that is not ending");
    }

    @Test
    void aDeviceThatIsOpenedWhileTheProcessEndsEndsTheRuntime() {
        NpuRuntime late = new NpuRuntime(task -> {
            throw new IllegalStateException("Shutdown in progress");
        });
        late.open(FIRST, this::start, this::end);
        late.close();
        assertThat(ends).isOne();
    }

    @Test
    void aRuntimeThatCannotEndDoesNotFailTheProcess() {
        runtime.open(FIRST, this::start, () -> {
            ends++;
            throw new IllegalStateException("lost");
        });
        runtime.close();
        exit();
        assertThat(ends).isOne();
    }

    @Test
    void aRuntimeThatDidNotStartDoesNotEnd() {
        assertThatThrownBy(() -> runtime.open(
                        FIRST,
                        () -> {
                            throw new Ascend4jException("no CANN");
                        },
                        this::end))
                .hasMessage("no CANN");
        assertThat(atExit).isEmpty();
        runtime.open(SECOND, this::start, this::end);
        runtime.close();
        exit();
        assertThat(starts).isOne();
        assertThat(ends).isOne();
    }

    private void start() {
        starts++;
    }

    private void end() {
        ends++;
    }

    private void exit() {
        assertThat(atExit).hasSize(1);
        atExit.get(0).run();
    }
}
