package org.ascend4j.nn.joint;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Parameters or buffers of neighbouring layers that can be used in computations as one tensor, stacked along their first dimension.
 *
 * <p>The members keep their names, shapes and values. When joined, they are views of the whole tensor's memory, and the gradient of parameters belongs to the
 * whole tensor.
 *
 * @since 0.1.0
 */
public final class JointTensor implements AutoCloseable {
    private final List<Tensor> members;
    private Tensor whole;

    /** Creates the joint tensor from its members, which are the layers' own handles and must agree in all dimensions but the first. */
    public JointTensor(List<Tensor> members) {
        this.members = List.copyOf(members);
    }

    /** Returns the parts in their order. */
    public List<Tensor> members() {
        return members;
    }

    /** Returns whether any of the members is trained; a frozen member's rows of the gradient are then unused. */
    public boolean requiresGrad() {
        return members.stream().anyMatch(Tensor::requires_grad);
    }

    /** Returns the stacked tensor, or null if the members are not joined. */
    public Tensor whole() {
        return whole;
    }

    /** Uses memory in which the members already are adjacent; the handle {@code view} is copied. */
    public void join(Tensor view) {
        close();
        whole = torch.empty(0).retainReference();
        whole.set_data(view);
        whole.set_requires_grad(requiresGrad());
    }

    /** Moves the members into newly allocated adjacent memory. */
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

    /** Releases the whole tensor; the members keep their memory. */
    @Override
    public void close() {
        if (whole != null) {
            whole.close();
            whole = null;
        }
    }
}
