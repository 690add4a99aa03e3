package org.ascend4j.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.train.TinyRun;
import org.ascend4j.trainer.train.Warnings;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomStatesTest {
    @AutoClose
    private static final DeviceBackend CPU = TinyRun.cpu();

    @ParameterizedTest
    @CsvSource({
        "true, npu, 'The checkpoint was written on another device: dropout continues with other random numbers ([npu]).'",
        "false, npu, ",
        "true, cpu, ",
        "false, cpu, "
    })
    void aStateOfAnotherDeviceIsReportedIfTheModelDrawsRandomNumbers(boolean drawn, String device, String warning) {
        try (PointerScope scope = new PointerScope()) {
            StateDict saved = new StateDict();
            saved.put(device, CPU.generatorState());
            List<String> warnings = Warnings.during(
                    RandomStates.class, () -> new RandomStates(CPU, RankGroup.alone(), drawn).restore(saved, 1, 10));
            assertThat(warnings).isEqualTo(warning == null ? List.of() : List.of(warning));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, 'The checkpoint holds the random generators of 2 rank(s), this run has 1: all except rank 0''s are seeded again.'",
        "false, "
    })
    void aNumberOfRanksThatDiffersIsReportedLikewise(boolean drawn, String warning) {
        try (PointerScope scope = new PointerScope()) {
            StateDict saved = new StateDict();
            saved.put("cpu", CPU.generatorState());
            saved.put("cpu.rank1", CPU.generatorState());
            List<String> warnings = Warnings.during(
                    RandomStates.class, () -> new RandomStates(CPU, RankGroup.alone(), drawn).restore(saved, 1, 10));
            assertThat(warnings).isEqualTo(warning == null ? List.of() : List.of(warning));
        }
    }
}
