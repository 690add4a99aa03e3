package org.ascend4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ascend4j.Ascend4jException;
import org.ascend4j.optim.OneCycle.Anneal;
import org.ascend4j.optim.OneCycle.Peak;
import org.ascend4j.optim.OneCycle.Shape;
import org.junit.jupiter.api.Test;

class OneCycleTest {
    private static final Peak PEAK = Peak.of(0.1);

    /** The settings of one_cycle.py, in its order. */
    private static final List<OneCycle> SETTINGS = List.of(
            cycle(Shape.of(100), PEAK),
            cycle(new Shape(100, 0.3, Anneal.LINEAR, true, 25, 1e4, false), PEAK),
            cycle(new Shape(100, 0.3, Anneal.COS, true, 25, 1e4, true), PEAK),
            cycle(new Shape(100, 0.3, Anneal.LINEAR, true, 25, 1e4, true), PEAK),
            cycle(new Shape(100, 0.3, Anneal.COS, false, 25, 1e4, false), PEAK),
            cycle(new Shape(37, 0.25, Anneal.COS, true, 10, 100, false), PEAK),
            cycle(new Shape(37, 0.4, Anneal.COS, true, 25, 1e3, true), PEAK),
            cycle(new Shape(200, 0.05, Anneal.LINEAR, true, 25, 1e4, false), new Peak(0.1, 0.8, 0.9)),
            cycle(new Shape(7 * 13, 0.5, Anneal.COS, true, 25, 1e4, false), PEAK),
            cycle(Shape.of(50), new Peak(0.1, 0.85, 0.95), new Peak(0.02, 0.7, 0.99)),
            cycle(Shape.of(1), PEAK),
            cycle(Shape.of(2), PEAK),
            cycle(new Shape(20, 0, Anneal.COS, true, 25, 1e4, false), PEAK),
            cycle(new Shape(19, 1, Anneal.COS, true, 25, 1e4, false), PEAK),
            cycle(new Shape(60, 0.33, Anneal.COS, true, 25, 1e4, true), new Peak(0.1, 0.6, 0.93)));

    private static OneCycle cycle(Shape shape, Peak... peaks) {
        return new OneCycle(shape, List.of(peaks));
    }

    @Test
    void agreesWithTorch() throws IOException {
        List<String> lines;
        try (InputStream golden = getClass().getResourceAsStream("/golden/optim/one_cycle.csv")) {
            lines = new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
        assertThat(lines).hasSize(1082);
        for (String line : lines) {
            String[] fields = line.split(",");
            OneCycle cycle = SETTINGS.get(Integer.parseInt(fields[0]));
            Schedule.Settings settings = cycle.at(Long.parseLong(fields[1]), Integer.parseInt(fields[2]));
            assertClose(line, settings.learningRate(), fields[3]);
            // 0.5 is the optimiser's initial momentum: settings without a momentum do not change it.
            assertClose(line, settings.momentum().orElse(0.5), fields[4]);
        }
    }

    private static void assertClose(String line, double value, String expected) {
        double golden = Double.parseDouble(expected);
        assertThat(value).as(line).isCloseTo(golden, within(1e-12 * Math.abs(golden)));
    }

    @Test
    void phaseWithoutLengthCountsAsDone() {
        OneCycle cycle = cycle(new Shape(10, 0.1, Anneal.COS, true, 25, 1e4, false), PEAK);
        assertThat(cycle.at(0, 0).learningRate()).isEqualTo(0.1);
    }

    @Test
    void refusesStepsBeyondItsEnd() {
        OneCycle cycle = cycle(Shape.of(10), PEAK);
        assertThatThrownBy(() -> cycle.at(11, 0))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("one-cycle was made for 10 steps, found step 11");
    }
}
