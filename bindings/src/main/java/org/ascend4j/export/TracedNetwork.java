package org.ascend4j.export;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.trace.OperatorTrace;
import org.ascend4j.nn.Layer;
import org.ascend4j.state.AtomicFile;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * A network's forward pass in evaluation mode, recorded by running it, as a graph for batches of any size.
 *
 * <p>Any network written in Java can be exported if its result is computed by torch's operators from its one input. Decisions of the Java code, such as the
 * length of a loop, are fixed to those made for the recorded input.
 *
 * @since 0.1.0
 */
public final class TracedNetwork implements AutoCloseable {
    /** A batch size that neither trace used. */
    private static final int CHECKED_BATCH = 5;

    private static final double TOLERANCE = 1e-4;

    /** The limit for weights: an ONNX file, including its graph, must be smaller than 2 GiB. */
    private static final long MOST_BYTES = 2000L << 20;

    private final Map<String, Tensor> weights;
    private final Set<String> parameters = new HashSet<>();
    private final OperatorTrace trace;
    private final TracedGraph graph;

    /**
     * Records a network on images, {@code N x channels x height x width} floats.
     *
     * @param extents the extents of one image
     * @throws Ascend4jException if the graph would not compute the same as the network
     */
    public static TracedNetwork of(Layer network, long... extents) {
        return of(network, batch -> SampleImages.of(batch, extents));
    }

    /**
     * Records a network that is on the host and in evaluation mode; the caller keeps ownership, and the network must outlive this object.
     *
     * @param inputs creates an input for a batch of 2, 3 and 5; its first extent is the batch
     * @throws Ascend4jException if the graph would not compute the same as the network
     */
    public static TracedNetwork of(Layer network, IntFunction<Tensor> inputs) {
        if (network.is_training()) {
            throw new Ascend4jException(
                    "export expects a network in evaluation mode, found one in training: call train(false)");
        }
        requireOneFile(network);
        boolean economical = network.economises();
        network.economise(false);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            TracedNetwork traced = new TracedNetwork(network, inputs);
            try {
                traced.check(network, inputs.apply(CHECKED_BATCH));
            } catch (RuntimeException e) {
                traced.close();
                throw e;
            }
            return traced;
        } finally {
            network.economise(economical);
        }
    }

    private static void requireOneFile(Layer network) {
        long bytes = network.stateDict().entries().values().stream()
                .mapToLong(Tensor::nbytes)
                .sum();
        if (bytes > MOST_BYTES) {
            throw new Ascend4jException("export expects weights of at most " + (MOST_BYTES >> 20)
                    + " MiB, which an ONNX file can hold, found " + (bytes >> 20) + " MiB");
        }
    }

    private TracedNetwork(Layer network, IntFunction<Tensor> inputs) {
        weights = new LinkedHashMap<>(network.stateDict().entries());
        network.moduleTree()
                .all()
                .forEach(node -> node.parameters().keySet().forEach(name -> parameters.add(node.path(name))));
        trace = record(network, inputs.apply(2));
        try (OperatorTrace ofThree = record(network, inputs.apply(3))) {
            graph = TraceReader.read(trace, ofThree);
        } catch (RuntimeException e) {
            trace.close();
            throw e;
        }
        for (TracedNode node : graph.nodes()) {
            if (node.literal() instanceof BatchMultiple multiple) {
                trace.followBatch(node.outputs().get(0).id(), multiple.factor());
            }
        }
    }

    private OperatorTrace record(Layer network, Tensor input) {
        OperatorTrace recording = new OperatorTrace(input, List.copyOf(weights.values()));
        try {
            Layer.observe(new ModuleScopes(network, recording), () -> recording.finish(network.forward(input)));
            return recording;
        } catch (RuntimeException e) {
            recording.close();
            throw e instanceof Ascend4jException
                    ? e
                    : new Ascend4jException(
                            "the network cannot be recorded for export: " + e.getMessage()
                                    + " (of one that is prepared for a device or training, export a fresh copy with"
                                    + " its weights)",
                            e);
        }
    }

    /**
     * Compares the graph with the network on a batch of another size. Operations that a trace does not record, such as writing through a view, would change the
     * values.
     */
    private void check(Layer network, Tensor input) {
        Tensor expected = network.forward(input);
        Tensor found = run(input);
        double difference = found.sub(expected).abs().max().item_double();
        double scale = 1 + expected.abs().max().item_double();
        if (!(difference <= TOLERANCE * scale)) {
            throw new Ascend4jException(
                    "export expects a network whose recorded operators give its own outputs, found ones that differ by "
                            + difference
                            + " for other images: it writes to views, draws random numbers or reads values of tensors"
                            + " in Java");
        }
    }

    private Tensor run(Tensor input) {
        try {
            return trace.run(input);
        } catch (RuntimeException e) {
            throw new Ascend4jException(
                    "export expects a network whose recorded operators take any batch, found: " + firstLine(e), e);
        }
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(line -> line.contains("Error:"))
                .findFirst()
                .orElse(String.valueOf(e.getMessage()));
    }

    /** Returns the graph. */
    public TracedGraph graph() {
        return graph;
    }

    /** Returns parameters and buffers by name; the network keeps ownership. */
    public Map<String, Tensor> weights() {
        return weights;
    }

    /**
     * Writes a TorchScript file atomically; {@code torch.jit.load} can read it, and the weights keep their names.
     *
     * @param metadata the content of the extra file {@code metadata.json}
     */
    public void writeTorchScript(Path file, String metadata) {
        List<String> names = List.copyOf(weights.keySet());
        byte[] bytes = trace.torchScript(
                names, names.stream().map(parameters::contains).toList(), metadata);
        AtomicFile.write(file, channel -> {
            ByteBuffer content = ByteBuffer.wrap(bytes);
            while (content.hasRemaining()) {
                channel.write(content);
            }
        });
    }

    /** Frees the graph. */
    @Override
    public void close() {
        trace.close();
        graph.nodes().forEach(node -> {
            if (node.literal() instanceof Tensor constant) {
                constant.close();
            }
        });
    }
}
