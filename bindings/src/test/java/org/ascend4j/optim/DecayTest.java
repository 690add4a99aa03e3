package org.ascend4j.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.device.Layout;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class DecayTest {
    private static double rate(Schedule schedule, long step) {
        return schedule.at(step, 0).learningRate();
    }

    @Test
    void stepsDown() {
        Schedule schedule = Decay.step(List.of(0.1), 30, 0.1);
        assertThat(rate(schedule, 29)).isEqualTo(0.1);
        assertThat(rate(schedule, 30)).isCloseTo(0.01, within(1e-15));
        assertThat(rate(schedule, 89)).isCloseTo(0.001, within(1e-15));
    }

    @Test
    void warmsUpAndFallsAlongACosine() {
        Schedule schedule = Decay.cosine(List.of(0.4), 3, 11);
        assertThat(rate(schedule, 0)).isCloseTo(0.1, within(1e-15));
        assertThat(rate(schedule, 2)).isCloseTo(0.3, within(1e-15));
        assertThat(rate(schedule, 3)).isEqualTo(0.4);
        assertThat(rate(schedule, 5)).isCloseTo(0.2 * (1 + Math.sqrt(0.5)), within(1e-15));
        assertThat(rate(schedule, 7)).isCloseTo(0.2, within(1e-15));
        assertThat(rate(schedule, 11)).isZero();
        assertThat(rate(schedule, 99)).isZero();
    }

    @Test
    void setsEveryGroupAndLeavesMomentumAlone() {
        try (PointerScope scope = new PointerScope()) {
            List<ParameterGroup> groups = List.of(group(), group());
            Schedule.constant(0.3, 0.2).apply(7, groups);
            assertThat(groups).extracting(ParameterGroup::learningRate).containsExactly(0.3, 0.2);
            assertThat(groups).extracting(ParameterGroup::momentum).containsExactly(0.9, 0.9);
            OneCycle.Shape shape = OneCycle.Shape.of(10);
            new OneCycle(shape, List.of(OneCycle.Peak.of(1), OneCycle.Peak.of(2))).apply(2, groups);
            assertThat(groups).extracting(ParameterGroup::learningRate).containsExactly(1.0, 2.0);
            assertThat(groups).extracting(ParameterGroup::momentum).containsExactly(0.85, 0.85);
        }
    }

    private static ParameterGroup group() {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        parameters.put("weight", torch.zeros(2));
        return new ParameterGroup(new FlatParameters(parameters, Layout.CONTIGUOUS), 0.1, 0.9, 0);
    }
}
