package org.ascend4j.optim;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * How an optimiser accesses its parameters. All paths give the same result except for rounding, and share one state.
 *
 * @since 0.1.0
 */
public enum UpdatePath {
    /**
     * The element-wise operators of torch.optim's loop over parameters, in its order: the same bits as Python's default on the CPU. If a network amplifies
     * rounding errors from step to step, as GoogLeNet without batch norm does, only this path follows Python.
     */
    EXACT(false, false),
    /** A fused operator over lists of parameters and autograd's own gradients; it copies nothing. */
    FUSED(false, true),
    /** A fused operator over the flat buffers, for gradients that must be packed anyway, as for a reduction. */
    FUSED_FLAT(true, true),
    /** A few element-wise operators over the flat buffers: the fewest launches if there is no fused operator. */
    FLAT(true, false);

    private final boolean packed;
    private final boolean fused;

    UpdatePath(boolean packed, boolean fused) {
        this.packed = packed;
        this.fused = fused;
    }

    boolean packed() {
        return packed;
    }

    boolean fused() {
        return fused;
    }

    /** Returns the path for the parameters' device: torch_npu has no fused kernels and would fall back to the host. */
    public static UpdatePath defaultFor(List<ParameterGroup> groups) {
        Tensor values = groups.get(0).parameters().values();
        if (values.is_cpu()) {
            return EXACT;
        }
        return values.is_cuda() ? FUSED : FLAT;
    }

    /** Returns the path for gradients that must be packed anyway, as for a reduction over ranks. */
    public static UpdatePath packedFor(List<ParameterGroup> groups) {
        Tensor values = groups.get(0).parameters().values();
        return values.is_cpu() || values.is_cuda() ? FUSED_FLAT : FLAT;
    }
}
