package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.dropout;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.Dropout}: active only in training; draws from the device's generator.
 *
 * @since 0.1.0
 */
public final class Dropout extends Layer {
    private final double probability;

    /** Creates a dropout that zeroes values with the given probability and scales the others up. */
    public Dropout(double probability) {
        super("Dropout");
        this.probability = probability;
    }

    @Override
    public Optional<String> batchDependence() {
        return batchDependence(probability);
    }

    static Optional<String> batchDependence(double probability) {
        return probability > 0 ? Optional.of("dropout, whose random numbers have one order") : Optional.empty();
    }

    @Override
    public boolean drawsRandomNumbers() {
        return probability > 0;
    }

    @Override
    protected Tensor compute(Tensor input) {
        if (DropoutMask.isFor(input, probability, is_training())) {
            return input.mul(DropoutMask.draw(input, probability));
        }
        return dropout(input, probability, is_training());
    }
}
