package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.feature_dropout;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.Dropout2d}: zeroes whole maps; active only in training.
 *
 * @since 0.1.0
 */
public final class Dropout2d extends Layer {
    private final double probability;

    /** Creates a dropout that zeroes maps with the given probability and scales the others up. */
    public Dropout2d(double probability) {
        super("Dropout2d");
        this.probability = probability;
    }

    @Override
    public Optional<String> batchDependence() {
        return Dropout.batchDependence(probability);
    }

    @Override
    public boolean drawsRandomNumbers() {
        return probability > 0;
    }

    @Override
    protected Tensor compute(Tensor input) {
        if (DropoutMask.isFor(input, probability, is_training())) {
            Tensor maps = input.select(-1, 0).select(-1, 0).unsqueeze(-1).unsqueeze(-1);
            return input.mul(DropoutMask.draw(maps, probability));
        }
        return feature_dropout(input, probability, is_training());
    }
}
