package org.ascend4j.trainer.model;

import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.ModuleNode;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The output and cost of every layer of a network, measured by an evaluation of an all-zero input.
 *
 * @param input the input's shape
 * @param layers the layers in depth-first order, the network itself first
 * @param totals the network's costs
 * @since 0.1.0
 */
public record ModelSummary(List<Long> input, List<Row> layers, Totals totals) {
    /**
     * A layer.
     *
     * @param depth 0 for the network itself
     * @param name the layer's name within the layer above it
     * @param type the layer's type and its main arguments
     * @param output the output's shape; empty where an evaluation does not run the layer, as with auxiliary heads
     * @param parameters number of parameters of the layer and the layers below it
     * @param multiplyAdds number of multiply-adds of the layer and the layers below it
     * @since 0.1.0
     */
    public record Row(int depth, String name, String type, List<Long> output, long parameters, long multiplyAdds) {}

    /**
     * A network's costs.
     *
     * @param parameters number of values in parameters
     * @param trainableParameters number of values in parameters that need a gradient
     * @param multiplyAdds number of multiply-adds of convolutions and fully connected layers for the given input
     * @param inputBytes size of the input in bytes
     * @param activationBytes size of all outputs of layers in bytes, with in-place results counted once; approximately what a training step keeps
     * @param stateBytes size of parameters and buffers in bytes
     * @since 0.1.0
     */
    public record Totals(
            long parameters,
            long trainableParameters,
            long multiplyAdds,
            long inputBytes,
            long activationBytes,
            long stateBytes) {}

    /** Runs the network on zeros of this shape ({@code N x C x H x W}) on the CPU, and leaves it in evaluation mode. */
    @SuppressWarnings("try")
    public static ModelSummary of(ImageClassifier model, long... inputShape) {
        SummaryObserver observer = new SummaryObserver();
        model.eval();
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Tensor input = zeros(inputShape);
            Layer.observe(observer, () -> model.forward(input));
            List<Row> rows = new ArrayList<>();
            addRows(rows, 0, model.typeName(), model.moduleTree(), observer);
            return new ModelSummary(shape(input), rows, totals(model, rows.get(0), input, observer));
        } catch (RuntimeException e) {
            String found = Arrays.toString(inputShape);
            throw new Ascend4jException("the model cannot take an input of shape " + found + ": " + firstLine(e), e);
        }
    }

    static List<Long> shape(Tensor tensor) {
        return LongStream.of(tensor.shape()).boxed().toList();
    }

    private static void addRows(List<Row> rows, int depth, String name, ModuleNode node, SummaryObserver observer) {
        rows.add(new Row(
                depth,
                name,
                node.description(),
                node.layer().map(observer::output).orElse(List.of()),
                count(node),
                node.layer().map(observer::multiplyAdds).orElse(0L)));
        node.children().forEach(child -> addRows(rows, depth + 1, child.name(), child, observer));
    }

    private static Totals totals(Layer model, Row root, Tensor input, SummaryObserver observer) {
        long stateBytes = model.stateDict().entries().values().stream()
                .mapToLong(Tensor::nbytes)
                .sum();
        return new Totals(
                root.parameters(),
                model.namedParameters().values().stream()
                        .filter(Tensor::requires_grad)
                        .mapToLong(Tensor::numel)
                        .sum(),
                root.multiplyAdds(),
                input.nbytes(),
                observer.activationBytes(),
                stateBytes);
    }

    /** Counts parameters; a tensor shared by several modules counts once. */
    private static long count(ModuleNode root) {
        Set<Tensor> parameters = Collections.newSetFromMap(new IdentityHashMap<>());
        root.all().forEach(node -> parameters.addAll(node.parameters().values()));
        return parameters.stream().mapToLong(Tensor::numel).sum();
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
