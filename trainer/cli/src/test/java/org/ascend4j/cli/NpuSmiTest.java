package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests the parser with the table that the driver's tool prints, copied from its guide. */
class NpuSmiTest {
    @Test
    void theFirstNpusNameIsWhatAtcWants() {
        String table =
                """
                +------------------------------------------------------------------------------------------------+
                | npu-smi 23.0.rc3                 Version: 23.0.rc3                                             |
                +---------------------------+---------------+----------------------------------------------------+
                | NPU   Name                | Health        | Power(W)    Temp(C)           Hugepages-Usage(page)|
                | Chip                      | Bus-Id        | AICore(%)   Memory-Usage(MB)  HBM-Usage(MB)        |
                +===========================+===============+====================================================+
                | 0     910B4               | OK            | 85.1        40                0    / 0             |
                | 0                         | 0000:C1:00.0  | 0           0    / 0          2797 / 32768         |
                +===========================+===============+====================================================+
                | 1     310P3               | OK            | 85.1        40                0    / 0             |
                """;
        assertThat(NpuSmi.parse(table)).hasValue("Ascend910B4");
        assertThat(NpuSmi.parse("npu-smi: no device")).isEmpty();
    }
}
