package org.ascend4j.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphCaptureTest {
    /** The last column is what the reason must contain; blank where a capture is possible. */
    @ParameterizedTest
    @CsvSource({
        "2.7.1, Ascend910B1, 8.3.RC1, ",
        "2.7.1, Ascend910B4-1, 8.1.RC1, ",
        "2.7.1, Ascend910B2C, 8.0.0, need CANN 8.1.RC1",
        "2.7.1.post2, Ascend910_9391, 8.5.0, ",
        "2.7.1.post2, Ascend910B3, 8.2.RC1, ",
        "2.7.1.post2, Ascend910B3, 8.1.RC1, need CANN 8.2.RC1",
        "2.7.1.post4, Ascend910B3, 8.1.RC1, ",
        "2.7.1.post11+git1, Ascend950DT_9581, 9.0.0, ",
        "2.7.1.post11, Ascend950DT_9581, 8.5.2, need CANN 9.0.0",
        "2.7.1.post4, Ascend310P3, 9.0.0, ",
        "2.7.1.post4, Ascend310P3, 9.0.RC1, need CANN 9.0.0",
        "2.7.1.post4, Ascend310P3, 8.5.0, need CANN 9.0.0",
        "2.7.1.post2, Ascend310P3, 9.1.0, need torch_npu 2.7.1.post4",
        "2.7.1.post11, Ascend910A, 9.1.0, found Ascend910A",
        "2.7.1.post11, Ascend910ProB, 9.1.0, found Ascend910ProB",
        "2.7.1.post11, Ascend910B, 9.1.0, found Ascend910B",
        "2.7.1.post11, Ascend310B1, 9.1.0, found Ascend310B1",
        "2.7.1, Ascend910B1, , 'need CANN 8.1.RC1 or newer, found an unknown version'"
    })
    void aStepOnOneStream(String torchNpu, String chip, String cann, String reason) {
        assertThat(GraphCapture.obstacle(torchNpu, chip, Optional.ofNullable(cann)))
                .satisfies(found -> assertReason(found, reason));
    }

    @Test
    void aLibtorchNpuWithoutAVersionIsJudgedByChipAndCann() {
        assertThat(GraphCapture.obstacle(null, "Ascend910B1", Optional.of("8.1.RC1")))
                .isEmpty();
        assertThat(GraphCapture.obstacle(null, "Ascend910B1", Optional.of("8.0.0")))
                .isPresent();
    }

    private static void assertReason(Optional<String> found, String reason) {
        if (reason == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).hasValueSatisfying(text -> assertThat(text).contains(reason));
        }
    }
}
