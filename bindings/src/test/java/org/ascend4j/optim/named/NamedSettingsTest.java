package org.ascend4j.optim.named;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.optim.Decay;
import org.ascend4j.optim.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedSettingsTest {
    /** A schedule from another library, registered in the test resources. */
    public static final class Halving implements ScheduleFactory {
        @Override
        public String name() {
            return "halving";
        }

        @Override
        public List<Setting> settings() {
            return List.of(Setting.count("every_steps", 10, 1));
        }

        @Override
        public Schedule create(NamedSettings settings, RunLength run) {
            int every = settings.count("every_steps");
            return Decay.step(run.learningRates(), every, 0.5);
        }
    }

    private static final RunLength RUN = new RunLength(List.of(0.8, 0.4), 100, 6);

    private static ObjectNode tree(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static double rate(String json, long step, int group) {
        return Schedules.create(Schedules.read(tree(json)), RUN).at(step, group).learningRate();
    }

    @Test
    void builtInAndForeignOnesAreRegistered() {
        assertThat(Optimizers.names()).contains("sgd", "adam", "adamw");
        assertThat(Schedules.names())
                .contains(
                        "one_cycle",
                        "constant",
                        "cosine",
                        "step",
                        "multi_step",
                        "exponential",
                        "linear",
                        "polynomial",
                        "plateau",
                        "halving");
        assertThat(rate("{'type': 'halving', 'every_steps': 3}", 6, 1)).isEqualTo(0.1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'one_cycle', 'max_lr': 0.5, 'pct_start': 0.5}|299|0|0.5",
                "{'type': 'one_cycle', 'max_lr': 0.5, 'pct_start': 0.5}|299|1|0.25",
                "{'type': 'constant'}|599|1|0.4",
                "{'type': 'cosine', 'warmup_epochs': 1.5}|149|0|0.7947019867549668",
                "{'type': 'cosine', 'min_lr': 0.2}|300|0|0.5",
                "{'type': 'step', 'step_size': 2}|399|0|0.08",
                "{'type': 'multi_step', 'milestones': [1, 5], 'gamma': 0.5}|500|0|0.2",
                "{'type': 'exponential', 'gamma': 0.5}|350|0|0.1",
                "{'type': 'linear', 'start_factor': 0.5, 'end_factor': 0}|300|0|0.2",
                "{'type': 'polynomial', 'power': 2}|300|0|0.2",
                "{'type': 'plateau'}|300|0|0.8",
            })
    void lengthsAreInEpochs(String json, long step, int group, double expected) {
        assertThat(rate(json, step, group)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void defaultsAreFilledInAndReadAgainTheSame() {
        NamedSettings settings = Optimizers.read(tree("{'type': 'adamw', 'lr': '1e-3', 'betas': [0.8, 0.99]}"));
        assertThat(settings.tree())
                .isEqualTo(tree("{'type': 'adamw', 'decay_biases_and_norms': true, 'bias_lr_factor': 1.0, 'lr': 0.001,"
                        + " 'betas': [0.8, 0.99], 'eps': 1e-8, 'weight_decay': 0.01}"));
        assertThat(Optimizers.read(settings.tree())).isEqualTo(settings);
    }

    @Test
    void whatOnlyAnotherTypeKnowsIsLeftOut() {
        NamedSettings settings =
                Optimizers.read(tree("{'type': 'sgd', 'lr': 0.1, 'betas': [0.9, 0.999], 'eps': 1e-8}"));
        assertThat(settings.tree().has("betas")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'cyclic'}|schedule.type expects halving or one_cycle or constant or cosine or step or"
                        + " multi_step or exponential or linear or polynomial or plateau, found cyclic",
                "{'type': 'step'}|recipe setting 'schedule.step_size' expects a value, found nothing",
                "{'epochs': 3}|recipe setting 'schedule.type' expects a value, found nothing",
                "{'type': 'step', 'step_size': 1e7}|schedule.step_size expects at most 1000000.0, found 1.0E7",
                "{'type': 'step', 'step_size': 1.5}|schedule.step_size expects a whole number of at least 1, found 1.5",
                "{'type': 'multi_step', 'milestones': ['x']}|schedule.milestones expects a list of numbers from 0.0 to"
                        + " 1000000.0, found [\"x\"]",
                "{'type': 'one_cycle', 'three_phase': 3}|schedule.three_phase expects true or false, found 3.0",
                "{'type': 'constant', 'epochs': 0}|schedule.epochs expects a whole number of at least 1, found 0.0",
            })
    void whatDoesNotFitIsRefused(String json, String message) {
        assertThatThrownBy(() -> Schedules.read(tree(json)))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(message);
    }

    @Test
    void unknownSettingsAreRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Optimizers.read(tree("{'type': 'sgd', 'lr': 1, 'rate': 2}")))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("recipe has no setting 'optimizer.rate'; expected one of betas, bias_lr_factor, dampening,"
                        + " decay_biases_and_norms, eps, lr, momentum, nesterov, type, weight_decay");
    }
}
