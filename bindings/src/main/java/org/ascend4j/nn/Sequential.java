package org.ascend4j.nn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * {@code torch.nn.Sequential}: runs layers one after the other; their default names are their positions. The result is a separate handle.
 *
 * @since 0.1.0
 */
public final class Sequential extends Layer {
    private final List<Layer> layers = new ArrayList<>();

    /** Creates a sequence of layers named {@code "0"}, {@code "1"} and so on. */
    public Sequential(Layer... layers) {
        super("Sequential");
        for (Layer layer : layers) {
            add(String.valueOf(this.layers.size()), layer);
        }
    }

    /** Appends a layer under a name. */
    public Sequential add(String name, Layer layer) {
        layers.add(child(name, layer));
        return this;
    }

    /** Returns the number of layers. */
    public int size() {
        return layers.size();
    }

    /** Computes the layers from position {@code from} (inclusive) to {@code to} (exclusive); requires {@code from < to}. */
    public Tensor forwardRange(int from, int to, Tensor input) {
        return chain(layers.subList(from, to), input);
    }

    /**
     * Computes layers one after the other and closes the intermediate tensors; the caller owns the result.
     *
     * <p>A rectifier that precedes a max pooling is computed after it, unless there is an observer: the largest rectified value is the rectified largest value,
     * so values and gradients have the same bits for a fraction of the work. A batch norm computes the rectifier after it if it {@linkplain BatchNorm#takesRectifier
     * can}.
     */
    public static Tensor chain(List<? extends Layer> layers, Tensor input) {
        Tensor value = input;
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            Layer following = i + 1 < layers.size() ? layers.get(i + 1) : null;
            if (layer instanceof BatchNorm norm && following instanceof ReLU && norm.takesRectifier(value)) {
                value = replace(value, norm.forwardRectified(value), input);
                i++;
            } else if (layer instanceof ReLU && following instanceof MaxPool2d && !isObserved()) {
                value = pass(layer, pass(following, value, input), input);
                i++;
            } else {
                value = pass(layer, value, input);
            }
        }
        return value;
    }

    private static Tensor pass(Layer layer, Tensor value, Tensor input) {
        return replace(value, layer.forward(value), input);
    }

    private static Tensor replace(Tensor value, Tensor next, Tensor input) {
        if (value != input && value != next) {
            value.close();
        }
        return next;
    }

    @Override
    protected Tensor compute(Tensor input) {
        Tensor output = chain(layers, input);
        // Either no layer computed anything or all worked in place: the caller may close the result and keep the input.
        return output == input ? new Tensor(input) : output;
    }
}
