package org.ascend4j.nn.joint;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Parameters or buffers of neighbouring layers that can be computed with as one tensor, stacked along their first dimension.
 *
 * <p>The members keep their names, shapes and values. Joined, they are views of the whole's memory, and the gradient of parameters is the whole's.
 */
public final class JointTensor implements AutoCloseable {
    private final List<Tensor> members;
    private Tensor whole;

    /** Makes the tensor of its members, the handles that their layers hold; they equal each other in all dimensions but the first. */
    public JointTensor(List<Tensor> members) {
        this.members = List.copyOf(members);
    }

    /** Returns the parts in their order. */
    public List<Tensor> members() {
        return members;
    }

    /** Says whether any of the members is trained; a frozen one's rows of the gradient are then left unused. */
    public boolean requiresGrad() {
        return members.stream().anyMatch(Tensor::requires_grad);
    }

    /** Returns the stacked tensor, or null where the members lie apart. */
    public Tensor whole() {
        return whole;
    }

    /** Takes memory in which the members already lie one after the other; {@code view} is copied as a handle. */
    public void join(Tensor view) {
        close();
        whole = torch.empty(0).retainReference();
        whole.set_data(view);
        whole.set_requires_grad(requiresGrad());
    }

    /** Moves the members into memory of their own, one after the other. */
    public void join() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard();
                TensorVector parts = new TensorVector(members.toArray(Tensor[]::new))) {
            Tensor stacked = torch.cat(parts, 0);
            long row = 0;
            for (Tensor member : members) {
                long rows = member.size(0);
                member.set_data(stacked.narrow(0, row, rows));
                row += rows;
            }
            join(stacked);
        }
    }

    /** Lets the whole go; the members keep their memory. */
    @Override
    public void close() {
        if (whole != null) {
            whole.close();
            whole = null;
        }
    }
}
