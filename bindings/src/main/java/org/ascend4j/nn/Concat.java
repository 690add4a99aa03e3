package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * Branches that read the same input; their outputs are concatenated along the channels. The children are named {@code 0}, {@code 1} and so on.
 *
 * @since 0.1.0
 */
public final class Concat extends Layer {
    private final List<Layer> branches;

    /** Creates the concatenation of the branches; no branch may modify its input in place. */
    public Concat(Layer... branches) {
        super("Concat");
        this.branches = List.of(branches);
        for (int i = 0; i < branches.length; i++) {
            child(String.valueOf(i), branches[i]);
        }
    }

    @Override
    protected Tensor compute(Tensor input) {
        List<Tensor> outputs = new ArrayList<>();
        try {
            branches.forEach(branch -> outputs.add(branch.forward(input)));
            try (TensorVector parts = new TensorVector(outputs.toArray(Tensor[]::new))) {
                return cat(parts, 1);
            }
        } finally {
            outputs.forEach(Tensor::close);
        }
    }
}
