package org.ascend4j.trainer.model.googlenet;

import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Layer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Lets convolutions begin by passing their input on: torch's {@code dirac_} of the first filters, as many as there are input channels. */
final class Dirac {
    private Dirac() {}

    /** Sets the filters of all convolutions with stride 1 in a tree; the filters after them keep their initialisation. */
    static void apply(Layer network) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            network.tree().stream()
                    .filter(Conv2d.class::isInstance)
                    .map(Conv2d.class::cast)
                    .filter(convolution -> convolution.strides()[0] == 1)
                    .forEach(convolution -> set(convolution.weight()));
        }
    }

    private static void set(Tensor weight) {
        Tensor filters = weight.narrow(0, 0, Math.min(weight.size(0), weight.size(1)));
        filters.zero_();
        filters.select(3, weight.size(3) / 2).select(2, weight.size(2) / 2).fill_diagonal_(new Scalar(1));
    }
}
