package org.ascend4j.optim;

import java.util.List;
import java.util.OptionalDouble;
import org.ascend4j.Ascend4jException;
import org.ascend4j.state.StateDict;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Lowers the learning rates when a metric stops improving: torch's ReduceLROnPlateau. Pass it the metric once per epoch.
 *
 * @since 0.1.0
 */
public final class Plateau implements Schedule {
    private static final String STATE = "plateau";
    private static final int COUNTERS = 3;

    /** Smaller changes of a learning rate are skipped, as in torch. */
    private static final double EPS = 1e-8;

    /**
     * The conditions and the size of the reductions.
     *
     * @param factor the factor applied to the learning rates
     * @param patience the number of epochs without improvement before a reduction
     * @param threshold the minimum improvement
     * @param relative whether the threshold is relative to the best metric
     * @param maximise whether a larger metric is better
     * @param cooldown the number of epochs after a reduction that are not counted
     * @param minimum the lowest learning rate
     * @since 0.1.0
     */
    public record Options(
            double factor,
            int patience,
            double threshold,
            boolean relative,
            boolean maximise,
            int cooldown,
            double minimum) {
        /** Torch's defaults. */
        public static final Options DEFAULT = new Options(0.1, 10, 1e-4, true, false, 0, 0);

        /** Checks the factor. */
        public Options {
            if (!(factor >= 0 && factor < 1)) {
                throw new Ascend4jException("plateau expects a factor of at least 0 and below 1, found " + factor);
            }
        }
    }

    private final Options options;
    private final double[] rates;
    private double best;
    private int badEpochs;
    private int cooling;

    /** Creates a schedule that starts with the given learning rates of the groups. */
    public Plateau(List<Double> learningRates, Options options) {
        this.options = options;
        this.rates = learningRates.stream().mapToDouble(Double::doubleValue).toArray();
        this.best = options.maximise() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    @Override
    public Settings at(long step, int group) {
        return new Settings(rates[group], OptionalDouble.empty());
    }

    @Override
    public void epochDone(double metric) {
        if (isBetter(metric)) {
            best = metric;
            badEpochs = 0;
        } else {
            badEpochs++;
        }
        if (cooling > 0) {
            cooling--;
            badEpochs = 0;
        }
        if (badEpochs > options.patience()) {
            lower();
            cooling = options.cooldown();
            badEpochs = 0;
        }
    }

    private boolean isBetter(double metric) {
        double sign = options.maximise() ? 1 : -1;
        double border =
                options.relative() ? best * (1 + sign * options.threshold()) : best + sign * options.threshold();
        return options.maximise() ? metric > border : metric < border;
    }

    private void lower() {
        for (int i = 0; i < rates.length; i++) {
            double lower = Math.max(rates[i] * options.factor(), options.minimum());
            if (rates[i] - lower > EPS) {
                rates[i] = lower;
            }
        }
    }

    @Override
    public StateDict stateDict() {
        double[] values = new double[COUNTERS + rates.length];
        values[0] = best;
        values[1] = badEpochs;
        values[2] = cooling;
        System.arraycopy(rates, 0, values, COUNTERS, rates.length);
        try (TensorOptions type = new TensorOptions(ScalarType.Double)) {
            Tensor tensor = torch.empty(new long[] {values.length}, type, null);
            tensor.data_ptr_double().put(values, 0, values.length);
            return new StateDict().put(STATE, tensor);
        }
    }

    @Override
    public void loadStateDict(StateDict state) {
        double[] values = new double[COUNTERS + rates.length];
        state.require("schedule", STATE, new long[] {values.length}, ScalarType.Double)
                .to(ScalarType.Double)
                .data_ptr_double()
                .get(values, 0, values.length);
        best = values[0];
        badEpochs = (int) values[1];
        cooling = (int) values[2];
        System.arraycopy(values, COUNTERS, rates, 0, rates.length);
    }
}
