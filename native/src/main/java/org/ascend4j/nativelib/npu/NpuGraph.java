package org.ascend4j.nativelib.npu;

import java.util.Optional;
import org.ascend4j.nativelib.jni.Ascend4jNative;
import org.bytedeco.javacpp.PointerScope;

/**
 * Work of a device that was recorded once and is launched as one: torch_npu's NPUGraph.
 *
 * <p>Every value that the host computed while it recorded is part of the graph, and so are the addresses of all tensors. The wheel is required.
 */
public final class NpuGraph implements AutoCloseable {
    private final org.ascend4j.nativelib.jni.NpuGraph graph;

    private NpuGraph(org.ascend4j.nativelib.jni.NpuGraph graph) {
        this.graph = graph;
    }

    /** Returns why the device cannot record work; empty if it can. */
    public static Optional<String> obstacle(NpuDevice device) {
        if ("2".equals(System.getenv("TASK_QUEUE_ENABLE"))) {
            return Optional.of("TASK_QUEUE_ENABLE=2");
        }
        String reason = Ascend4jNative.npu_capture_obstacle(device.index());
        return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    }

    /**
     * Records what {@code work} submits to the device from the calling thread, and from the threads of its backward passes, without executing it.
     *
     * @throws RuntimeException what {@code work} throws, for example because an operator cannot be recorded; the device then works as before
     */
    public static NpuGraph capture(NpuDevice device, Runnable work) {
        device.synchronize();
        NpuStream previous = NpuStream.withoutQueue(device).makeCurrent();
        try (PointerScope scope = new PointerScope()) {
            org.ascend4j.nativelib.jni.NpuGraph graph = new org.ascend4j.nativelib.jni.NpuGraph(device.index());
            graph.begin();
            run(work, graph);
            graph.end();
            graph.retainReference();
            return new NpuGraph(graph);
        } finally {
            previous.makeCurrent();
        }
    }

    /** Runs the work and ends the capture if it fails. */
    private static void run(Runnable work, org.ascend4j.nativelib.jni.NpuGraph graph) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            try {
                graph.end();
            } catch (RuntimeException other) {
                e.addSuppressed(other);
            }
            throw e;
        }
    }

    /** Launches the work on the calling thread's current stream. */
    public void replay() {
        graph.replay();
    }

    /** Frees the graph and its tensors; the device must have finished the last replay. Does not wait for a device that may not respond. */
    @Override
    public void close() {
        graph.close();
    }
}
