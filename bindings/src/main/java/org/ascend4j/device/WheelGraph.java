package org.ascend4j.device;

import org.ascend4j.nativelib.npu.NpuDevice;
import org.ascend4j.nativelib.npu.NpuGraph;
import org.ascend4j.nativelib.npu.NpuMemory;

/** A graph of torch_npu's wheel. */
final class WheelGraph implements CapturedStep {
    private final NpuGraph graph;

    private WheelGraph(NpuGraph graph) {
        this.graph = graph;
    }

    /** Records work. Its tensors come from memory of their own, so the memory that earlier tensors have left is returned first. */
    static WheelGraph capture(NpuDevice device, Runnable work) {
        device.synchronize();
        NpuMemory.emptyCache();
        return new WheelGraph(NpuGraph.capture(device, work));
    }

    @Override
    public void replay() {
        graph.replay();
    }

    @Override
    public void close() {
        graph.close();
    }
}
