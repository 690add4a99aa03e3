package org.ascend4j.nn.joint;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ascend4j.nativelib.nn.NormalisedMaps;
import org.ascend4j.nn.BatchNorm2d;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Units whose outputs are concatenated along the channels; the concatenation takes no pass of its own where the norms and rectifiers can write into it.
 *
 * @since 0.1.0
 */
public final class ConcatenatedUnits {
    private final List<ConvUnit> units;

    /** Creates the group of units, which must agree in everything but their convolutions' weights and inputs. */
    public ConcatenatedUnits(ConvUnit... units) {
        this.units = List.of(units);
    }

    /**
     * Returns {@code first} and the units' outputs, concatenated along the channels; the caller owns the result.
     *
     * @param first rectified maps {@code N x C x H x W}
     * @param inputs the input of each unit
     */
    public Tensor forward(Tensor first, Tensor... inputs) {
        Tensor[] maps = new Tensor[inputs.length];
        try {
            for (int i = 0; i < inputs.length; i++) {
                maps[i] = units.get(i).convolution().forward(inputs[i]);
            }
            return concatenate(first, maps);
        } finally {
            close(maps);
        }
    }

    private Tensor concatenate(Tensor first, Tensor[] maps) {
        if (units.get(0).norm() == null) {
            return rectify(first, maps);
        }
        if (IntStream.range(0, maps.length).allMatch(i -> norm(i).takesRectifier(maps[i]))) {
            units.forEach(unit -> unit.norm().countBatch());
            try (TensorVector all = new TensorVector(maps);
                    TensorVector norms = new TensorVector(tensors())) {
                return NormalisedMaps.join(first, all, norms, norm(0).momentum(), norm(0).epsilon());
            }
        }
        Tensor[] normalised = new Tensor[maps.length];
        try {
            for (int i = 0; i < maps.length; i++) {
                normalised[i] = norm(i).forward(maps[i]);
            }
            return rectify(first, normalised);
        } finally {
            close(normalised);
        }
    }

    /** The first maps pass a second rectifier, which changes nothing. */
    private static Tensor rectify(Tensor first, Tensor[] maps) {
        try (TensorVector all = new TensorVector(
                Stream.concat(Stream.of(first), Stream.of(maps)).toArray(Tensor[]::new))) {
            return RectifiedChannels.join(all);
        }
    }

    private BatchNorm2d norm(int unit) {
        return units.get(unit).norm();
    }

    private Tensor[] tensors() {
        return units.stream()
                .map(ConvUnit::norm)
                .flatMap(norm -> Stream.of(norm.weight(), norm.bias(), norm.runningMean(), norm.runningVariance()))
                .toArray(Tensor[]::new);
    }

    private static void close(Tensor[] tensors) {
        for (Tensor tensor : tensors) {
            if (tensor != null) {
                tensor.close();
            }
        }
    }
}
