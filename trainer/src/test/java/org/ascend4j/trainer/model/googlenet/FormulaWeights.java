package org.ascend4j.trainer.model.googlenet;

import static org.bytedeco.pytorch.global.torch.empty;

import java.util.Arrays;
import java.util.Map;
import org.ascend4j.nn.Layer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** The closed formula of {@code src/test/python/formula.py}, which gives Java and Python the same weights and images without weight files. */
public final class FormulaWeights {
    private static final int IMAGE_SALT = 9999;

    private FormulaWeights() {}

    @SuppressWarnings("try")
    /** Fills every parameter and buffer of a network. */
    public static <L extends Layer> L fill(L model) {
        int salt = 0;
        try (NoGradGuard guard = new NoGradGuard()) {
            for (Map.Entry<String, Tensor> entry : model.stateDict().entries().entrySet()) {
                fill(salt++, entry.getKey(), entry.getValue());
            }
        }
        return model;
    }

    /** Returns images of a given shape. */
    public static Tensor images(long... shape) {
        Tensor images = empty(shape);
        write(IMAGE_SALT, images, 4, 0);
        return images;
    }

    private static void fill(int salt, String name, Tensor tensor) {
        long[] shape = tensor.shape();
        if (name.endsWith("num_batches_tracked")) {
            return;
        }
        if (shape.length > 1) {
            long fanIn = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
            write(salt, tensor, Math.sqrt(24.0 / fanIn), 0);
        } else if (name.endsWith("running_var")) {
            write(salt, tensor, 1, 1);
        } else {
            write(salt, tensor, 0.5, name.contains("bn.weight") ? 1 : 0);
        }
    }

    private static void write(int salt, Tensor tensor, double scale, double shift) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (uniform(salt, i) * scale + shift);
        }
        new FloatPointer(tensor.data_ptr()).put(values);
    }

    /** Returns a value in [-0.5, 0.5). */
    public static double uniform(int salt, int position) {
        int x = position * 0x9E3779B1 + salt * 0x85EBCA77;
        x ^= x >>> 16;
        x *= 0x7FEB352D;
        x ^= x >>> 15;
        x *= 0x846CA68B;
        x ^= x >>> 16;
        return (x >>> 8) / (double) (1 << 24) - 0.5;
    }
}
