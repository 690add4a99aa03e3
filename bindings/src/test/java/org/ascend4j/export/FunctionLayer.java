package org.ascend4j.export;

import java.util.function.UnaryOperator;
import org.ascend4j.nn.Layer;
import org.bytedeco.pytorch.Tensor;

/** A network that consists of one function. */
public final class FunctionLayer extends Layer {
    private final UnaryOperator<Tensor> function;

    /** Creates a network that computes {@code function}. */
    public FunctionLayer(UnaryOperator<Tensor> function) {
        super("Function");
        this.function = function;
        train(false);
    }

    @Override
    protected Tensor compute(Tensor input) {
        return function.apply(input);
    }
}
