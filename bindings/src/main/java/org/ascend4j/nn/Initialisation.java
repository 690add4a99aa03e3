package org.ascend4j.nn;

import java.util.Locale;
import org.ascend4j.Labels;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The initialisations for the weights of convolutions and fully connected layers.
 *
 * @since 0.1.0
 */
public enum Initialisation {
    /**
     * PyTorch's default, the values that the layers' constructors draw. It does not train a GoogLeNet without batch norm, because the signal vanishes on its
     * way through the layers.
     */
    PYTORCH {
        @Override
        void fill(Tensor weight, Tensor bias) {
            // The constructor has already drawn the values.
        }
    },
    /**
     * {@code kaiming_normal_(nonlinearity="relu")} over the fan in, zero biases (<a href="https://arxiv.org/abs/1502.01852">He et al., 2015</a>).
     *
     * <p>It does not use the fan out: Inception's branches narrow before they widen, so the first loss on photographs of a GoogLeNet without batch norm would
     * be 438 instead of 2.6.
     */
    KAIMING {
        @Override
        void fill(Tensor weight, Tensor bias) {
            weight.normal_(0, Math.sqrt(2.0) / Math.sqrt(fanIn(weight)), null);
            zero(bias);
        }
    },
    /** {@code xavier_uniform_}, zero biases (<a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio, 2010</a>). */
    XAVIER {
        @Override
        void fill(Tensor weight, Tensor bias) {
            double fanOut = weight.size(0) * fanIn(weight) / weight.size(1);
            double bound = Math.sqrt(3.0) * Math.sqrt(2.0 / (fanIn(weight) + fanOut));
            weight.uniform_(-bound, bound, null);
            zero(bias);
        }
    },
    /** {@code trunc_normal_(std=0.01, a=-2, b=2)} with PyTorch's default biases: the initialisation of torchvision's GoogLeNet. */
    TRUNCATED_NORMAL {
        @Override
        void fill(Tensor weight, Tensor bias) {
            try (Scalar scale = new Scalar(0.01 * Math.sqrt(2.0));
                    Scalar bound = new Scalar(2.0);
                    Scalar negativeBound = new Scalar(-2.0);
                    ScalarOptional low = new ScalarOptional(negativeBound);
                    ScalarOptional high = new ScalarOptional(bound)) {
                // The bounds are 200 standard deviations from the mean, so the inverse distribution function is applied
                // to all of [-1, 1).
                weight.uniform_(-1, 1, null);
                weight.erfinv_();
                weight.mul_(scale);
                weight.clamp_(low, high);
            }
        }
    },
    /**
     * {@link #KAIMING}, then Python's {@code dirac_(weight[:in])} for convolutions that keep the size of their maps: output channel i starts as a copy of input
     * channel i, as in <a href="https://arxiv.org/abs/2404.00498">Jordan, 2024</a>. It speeds up the first epochs of a network with batch norm. Fully connected
     * layers keep {@link #PYTORCH}'s values, as in that paper: with Kaiming's, which are 2.4 times as large, the loss rises again in the first epoch.
     */
    DIRAC {
        @Override
        void fill(Tensor weight, Tensor bias) {
            KAIMING.fill(weight, bias);
        }

        @Override
        void fill(Conv2d convolution) {
            super.fill(convolution);
            if (convolution.keepsSize()) {
                copyInputs(convolution.weight());
            }
        }

        @Override
        void fill(Linear linear) {
            // The constructor has already drawn the values.
        }
    };

    /** Returns the initialisation with that name. */
    public static Initialisation parse(String label) {
        return Labels.parse(Initialisation.class, "initialisation", label);
    }

    /** Reinitialises the tree below {@code root}, drawing from torch's generator in the order of Python's {@code modules()}. */
    @SuppressWarnings("try")
    public void apply(Layer root) {
        try (NoGradGuard guard = new NoGradGuard()) {
            root.tree().forEach(this::fill);
        }
    }

    /** Returns the name used on the command line, such as {@code truncated-normal}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    abstract void fill(Tensor weight, Tensor bias);

    void fill(Conv2d convolution) {
        fill(convolution.weight(), convolution.bias());
    }

    void fill(Linear linear) {
        fill(linear.weight(), linear.bias());
    }

    private void fill(Layer layer) {
        if (layer instanceof Conv2d convolution) {
            fill(convolution);
        } else if (layer instanceof Linear linear) {
            fill(linear);
        }
    }

    private static void copyInputs(Tensor weight) {
        long channels = Math.min(weight.size(0), weight.size(1));
        try (Scalar one = new Scalar(1.0);
                Tensor filters = weight.narrow(0, 0, channels);
                Tensor column = filters.select(3, weight.size(3) / 2);
                Tensor centre = column.select(2, weight.size(2) / 2);
                Tensor diagonal = centre.diagonal()) {
            filters.zero_();
            diagonal.fill_(one);
        }
    }

    private static double fanIn(Tensor weight) {
        return (double) weight.numel() / weight.size(0);
    }

    private static void zero(Tensor bias) {
        if (bias != null) {
            bias.zero_();
        }
    }
}
