package org.ascend4j.nn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** {@code torch.nn.Sequential}: layers one after the other, named by their position unless named otherwise. */
public final class Sequential extends Layer {
    private final List<Layer> layers = new ArrayList<>();

    /** Makes a sequence of layers named {@code "0"}, {@code "1"} and so on. */
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

    /** Computes the layers from position {@code from} up to, not including, {@code to}; {@code from < to}. */
    public Tensor forwardRange(int from, int to, Tensor input) {
        return chain(layers.subList(from, to), input);
    }

    /** Computes layers one after the other, closing what lies between them; the caller owns the result. */
    public static Tensor chain(List<? extends Layer> layers, Tensor input) {
        Tensor value = input;
        for (Layer layer : layers) {
            Tensor next = layer.forward(value);
            if (value != input && value != next) {
                value.close();
            }
            value = next;
        }
        return value;
    }

    @Override
    protected Tensor compute(Tensor input) {
        return chain(layers, input);
    }
}
