package org.ascend4j.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;

class OpenNpusTest {
    private static final DeviceSpec FIRST = DeviceSpec.parse("npu:0");
    private static final DeviceSpec SECOND = DeviceSpec.parse("npu:1");

    private final OpenNpus open = new OpenNpus();
    private int ends;

    @Test
    void theRuntimeEndsOnceWithTheLastDevice() {
        open.add(FIRST);
        open.add(SECOND);
        open.remove(() -> ends++);
        assertThat(ends).isZero();
        open.add(FIRST);
        open.remove(() -> ends++);
        assertThat(ends).isZero();
        open.remove(() -> ends++);
        assertThat(ends).isOne();
        assertThatThrownBy(() -> open.add(SECOND))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("device npu:1 expects a process whose torch_npu has not ended");
    }

    @Test
    void aDeviceThatDoesNotStartEndsNothing() {
        open.add(FIRST);
        open.discard();
        open.add(FIRST);
        open.remove(() -> ends++);
        assertThat(ends).isOne();
    }

    @Test
    void aRuntimeWhoseEndFailsIsNotStartedAgain() {
        open.add(FIRST);
        assertThatThrownBy(() -> open.remove(() -> {
                    throw new IllegalStateException("lost");
                }))
                .hasMessage("lost");
        assertThatThrownBy(() -> open.add(FIRST)).isInstanceOf(Ascend4jException.class);
    }
}
