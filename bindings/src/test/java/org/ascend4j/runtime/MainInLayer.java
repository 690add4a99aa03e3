package org.ascend4j.runtime;

import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.Layer;
import org.bytedeco.pytorch.Tensor;

/** A model class that also contains the main method: Java loads libtorch for its superclass before {@code main} can select another. */
final class MainInLayer extends Layer {
    private MainInLayer() {
        super("MainInLayer");
    }

    @Override
    protected Tensor compute(Tensor input) {
        return input;
    }

    public static void main(String[] arguments) {
        try {
            TorchRuntime.use(LateChoice.HOME);
            System.out.println("accepted");
        } catch (Ascend4jException e) {
            System.out.println(e.getMessage());
        }
    }
}
