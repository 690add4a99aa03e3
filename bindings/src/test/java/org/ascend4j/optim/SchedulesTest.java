package org.ascend4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Compares learning rates of the schedules with torch's (schedules.py). */
class SchedulesTest {
    private static final List<Double> RATES = List.of(0.1, 0.02);

    /** The metrics of schedules.py. */
    private static final double[] METRICS = {
        1.0, 0.8, 0.79997, 0.9, 0.85, 0.81, 0.7, 0.7, 0.71, 0.72, 0.73, 0.74, 0.6, 0.65, 0.66, 0.67, 0.68, 0.69, 0.7,
        0.71
    };

    /** The settings of schedules.py. */
    private static final Map<String, Schedule> STEPWISE = Map.of(
            "step", Decay.step(RATES, 7, 0.3),
            "multi_step", Decay.multiStep(RATES, List.of(4L, 5L, 20L), 0.2),
            "exponential", Decay.step(RATES, 1, 0.9),
            "linear", Decay.linear(RATES, 0.25, 0.75, 12),
            "linear_down", Decay.linear(RATES, 1, 0, 30),
            "polynomial", Decay.polynomial(RATES, 25, 2),
            "constant", Decay.constant(RATES),
            "cosine", Decay.cosine(RATES, 0, 40, 0.001),
            "cosine_warm", Decay.cosine(RATES, 5, 40));

    private static final Map<String, Plateau.Options> PLATEAUS = Map.of(
            "plateau", new Plateau.Options(0.5, 2, 1e-4, true, false, 0, 0),
            "plateau_cool", new Plateau.Options(0.1, 1, 1e-4, true, false, 2, 0.002),
            "plateau_abs", new Plateau.Options(0.5, 2, 0.05, false, false, 0, 0),
            "plateau_max", new Plateau.Options(0.5, 3, 1e-4, true, true, 0, 0));

    @SuppressWarnings("unused") // read by FieldSource
    private static final Supplier<Stream<String>> NAMES = () -> STEPWISE.keySet().stream();

    @SuppressWarnings("unused") // read by FieldSource
    private static final Supplier<Stream<String>> PLATEAU_NAMES = () -> PLATEAUS.keySet().stream();

    private record Row(int step, int group, double rate) {}

    private static List<Row> golden(String name) throws IOException {
        try (InputStream file = SchedulesTest.class.getResourceAsStream("/golden/optim/schedules.csv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(","))
                    .filter(cells -> cells[0].equals(name))
                    .map(cells -> new Row(
                            Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), Double.parseDouble(cells[3])))
                    .toList();
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void agreesWithTorch(String name) throws IOException {
        List<Row> rows = golden(name);
        assertThat(rows).hasSize(80);
        for (Row row : rows) {
            Schedule.Settings found = STEPWISE.get(name).at(row.step, row.group);
            assertThat(found.learningRate()).as(row.toString()).isCloseTo(row.rate, within(1e-15));
            assertThat(found.momentum()).isEmpty();
        }
    }

    @ParameterizedTest
    @FieldSource("PLATEAU_NAMES")
    void plateauAgreesWithTorchAlsoWhenResumed(String name) throws IOException {
        List<Row> rows = golden(name);
        assertThat(rows).hasSize(2 * METRICS.length + 2);
        Schedule schedule = new Plateau(RATES, PLATEAUS.get(name));
        for (Row row : rows) {
            if (row.step > 0 && row.group == 0) {
                schedule.epochDone(METRICS[row.step - 1]);
                schedule = resumed(schedule, PLATEAUS.get(name));
            }
            assertThat(schedule.at(99, row.group).learningRate())
                    .as(row.toString())
                    .isCloseTo(row.rate, within(1e-15));
        }
    }

    private static Schedule resumed(Schedule schedule, Plateau.Options options) {
        try (PointerScope scope = new PointerScope()) {
            Schedule fresh = new Plateau(RATES, options);
            fresh.loadStateDict(schedule.stateDict());
            return fresh;
        }
    }

    @Test
    void plateauRefusesWhatItCannotDo() {
        assertThatThrownBy(() -> new Plateau(RATES, Plateau.Options.DEFAULT).loadStateDict(new StateDict()))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("schedule state expects plateau, found none of that name");
        StateDict counters = new StateDict().put("plateau", torch.ones(5).to(ScalarType.Int));
        assertThatThrownBy(() -> new Plateau(RATES, Plateau.Options.DEFAULT).loadStateDict(counters))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("schedule state plateau expects values of type Double, found Int");
        assertThatThrownBy(() -> new Plateau.Options(1, 1, 1, true, false, 0, 0))
                .hasMessage("plateau expects a factor of at least 0 and below 1, found 1.0");
    }
}
