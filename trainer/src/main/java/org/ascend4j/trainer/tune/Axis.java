package org.ascend4j.trainer.tune;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The horizontal axis of a parameter's picture: places from 0 to 1.
 *
 * @param marks the values that are marked, as text
 * @param place the place of a value
 */
record Axis(List<String> marks, ToDoubleFunction<String> place) {
    private static final int MOST_DECADES = 3;
    private static final int PARTS = 4;

    static Axis of(Parameter parameter) {
        if (parameter instanceof Choices choices) {
            return new Axis(
                    choices.values(),
                    value -> (choices.values().indexOf(value) + 0.5)
                            / choices.values().size());
        }
        Interval interval = (Interval) parameter;
        double low = interval.low().doubleValue();
        double high = interval.high().doubleValue();
        ToDoubleFunction<String> place = interval.log()
                ? value -> Math.log(Double.parseDouble(value) / low) / Math.log(high / low)
                : value -> (Double.parseDouble(value) - low) / (high - low);
        return new Axis(interval.log() ? decades(low, high) : parts(interval), place);
    }

    /** Returns the powers of ten between two numbers; if they are few, twice and five times these too. */
    private static List<String> decades(double low, double high) {
        int first = (int) Math.floor(Math.log10(low));
        int last = (int) Math.ceil(Math.log10(high));
        List<String> marks = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent++) {
            for (int factor : last - first > MOST_DECADES ? List.of(1) : List.of(1, 2, 5)) {
                BigDecimal mark = BigDecimal.valueOf(factor).scaleByPowerOfTen(exponent);
                if (mark.doubleValue() >= low && mark.doubleValue() <= high) {
                    marks.add(mark.toPlainString());
                }
            }
        }
        return marks;
    }

    private static List<String> parts(Interval interval) {
        List<String> marks = new ArrayList<>();
        for (int i = 0; i <= PARTS; i++) {
            marks.add(interval.value((double) i / PARTS));
        }
        return marks;
    }
}
