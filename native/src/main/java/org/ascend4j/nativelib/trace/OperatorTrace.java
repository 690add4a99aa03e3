package org.ascend4j.nativelib.trace;

import java.util.ArrayList;
import java.util.List;
import org.ascend4j.nativelib.NativeLibrary;
import org.ascend4j.nativelib.jni.Trace;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The operators of a forward pass, recorded on the calling thread from the construction to {@link #finish} by libtorch's own tracer ({@code torch.jit.trace}).
 *
 * <p>In-place operators are recorded as their out-of-place forms. Numbers that Java code reads from a tensor, such as its shape, become constants of the graph.
 */
public final class OperatorTrace implements AutoCloseable {
    private final Trace trace;
    private final List<Tensor> weights;

    /**
     * Starts a recording; only one can be active on a thread.
     *
     * @param input the first input of the graph
     * @param weights its further inputs; other tensors that the pass reads become constants. The caller keeps ownership.
     */
    public OperatorTrace(Tensor input, List<Tensor> weights) {
        NativeLibrary.load();
        this.weights = List.copyOf(weights);
        try (TensorVector vector = vector(weights)) {
            trace = new Trace(input, vector);
            trace.retainReference();
        }
    }

    /** Sets the module to which the next operators belong. */
    public void scope(String module) {
        trace.scope(module);
    }

    /** Ends the recording; the graph computes {@code output} and omits operators that are not needed for it. */
    public void finish(Tensor output) {
        trace.finish(output);
    }

    /**
     * Returns the graph as JSON: {@code inputs}, {@code nodes} in execution order, whose outputs have ids, shapes and types, and the id of the {@code output}.
     */
    public String json() {
        return trace.json();
    }

    /** Returns the tensors among the graph's constants in the order of their indices in the JSON; the caller owns them. */
    public List<Tensor> constants() {
        try (TensorVector constants = trace.constants()) {
            List<Tensor> tensors = new ArrayList<>();
            for (long i = 0; i < constants.size(); i++) {
                tensors.add(new Tensor(constants.get(i)));
            }
            return tensors;
        }
    }

    /** Replaces the constant with that id by {@code factor} times the first extent of the graph's input. */
    public void followBatch(long id, long factor) {
        trace.follow_batch(id, factor);
    }

    /** Runs the graph with the recorded weights; the caller owns the result. */
    public Tensor run(Tensor input) {
        try (TensorVector vector = vector(weights)) {
            return trace.run(input, vector);
        }
    }

    /**
     * Returns the content of a TorchScript file, which {@code torch.jit.load} can read.
     *
     * @param names the weights' dotted names
     * @param trained which of them are parameters; the others are buffers
     * @param metadata the text of the extra file {@code metadata.json}
     */
    public byte[] torchScript(List<String> names, List<Boolean> trained, String metadata) {
        StringBuilder kinds = new StringBuilder();
        trained.forEach(parameter -> kinds.append(parameter ? '1' : '0'));
        try (TensorVector vector = vector(weights);
                BytePointer file = trace.torch_script(String.join("\n", names), kinds.toString(), vector, metadata)) {
            byte[] bytes = new byte[Math.toIntExact(file.limit())];
            file.get(bytes);
            return bytes;
        }
    }

    private static TensorVector vector(List<Tensor> tensors) {
        return new TensorVector(tensors.toArray(new Tensor[0]));
    }

    /** Frees the graph; ends an active recording. */
    @Override
    public void close() {
        // At once, even if a scope is open: otherwise a recording would continue until the scope's end.
        trace.deallocate();
    }
}
