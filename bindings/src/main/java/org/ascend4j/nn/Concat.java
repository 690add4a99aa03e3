package org.ascend4j.nn;

import static org.bytedeco.pytorch.global.torch.cat;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Branches that read the same input, their outputs one behind the other along the channels; children {@code 0}, {@code 1} and so on. */
public final class Concat extends Layer {
    private final List<Layer> branches;

    /** Makes the branches' concatenation; none of them may work in place on its input. */
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
