package org.ascend4j.trainer.tune;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers between two bounds, uniform or with uniform logarithms.
 *
 * @param setting the setting's path
 * @param low the smallest value
 * @param high the largest value, above {@code low}
 * @param log whether the logarithms are uniform; {@code low} is then above 0
 * @param whole whether the values are whole numbers; others have three significant digits
 * @since 0.1.0
 */
public record Interval(String setting, BigDecimal low, BigDecimal high, boolean log, boolean whole)
        implements Parameter {
    private static final MathContext DIGITS = new MathContext(3);

    @Override
    public String value(double share) {
        double least = low.doubleValue();
        double most = high.doubleValue();
        double value = log ? least * Math.pow(most / least, share) : least + (most - least) * share;
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal rounded = whole ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(DIGITS);
        BigDecimal kept = rounded.max(low).min(high);
        // YAML reads no exponent without a decimal point as a number, so there is none.
        return kept.signum() == 0 ? "0" : kept.stripTrailingZeros().toPlainString();
    }

    @Override
    public boolean contains(String value) {
        try {
            BigDecimal number = new BigDecimal(value);
            return number.compareTo(low) >= 0 && number.compareTo(high) <= 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    @Override
    public long size() {
        return whole ? Math.min(SearchSpace.MOST, high.subtract(low).longValue() + 1) : SearchSpace.MOST;
    }

    @Override
    public String text() {
        return setting + "=" + low.toPlainString() + ".." + high.toPlainString() + (log ? "log" : "");
    }
}
