package org.ascend4j.state;

import java.util.Map;
import java.util.Optional;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Checks that a model's state is usable: one NaN in a weight or a running statistic makes every result NaN.
 *
 * @since 0.1.0
 */
public final class FiniteValues {
    private FiniteValues() {}

    /**
     * Checks floating-point weights and buffers, on any device.
     *
     * @throws Ascend4jException if a value is NaN or infinite; the message names the first such tensor
     */
    public static void require(StateDict state) {
        firstNotFinite(state).ifPresent(name -> {
            throw new Ascend4jException("the model is not saved, because " + Printable.of(name)
                    + " holds a value that is not a number: resume from the last checkpoint with a smaller learning rate or,"
                    + " where it is a running statistic, with larger batches");
        });
    }

    /** Returns the name of the first tensor with a value that is NaN or infinite. */
    static Optional<String> firstNotFinite(StateDict state) {
        return state.entries().entrySet().stream()
                .filter(entry -> !isFinite(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean isFinite(Tensor tensor) {
        if (!tensor.is_floating_point()) {
            return true;
        }
        try (PointerScope scope = new PointerScope()) {
            return tensor.detach().cpu().isfinite().all().item_bool();
        }
    }
}
