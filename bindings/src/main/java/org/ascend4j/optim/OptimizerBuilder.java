package org.ascend4j.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.ascend4j.device.Layout;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.joint.JointLayer;
import org.ascend4j.nn.joint.JointTensor;
import org.bytedeco.pytorch.Tensor;

/**
 * The options that all optimisers share, and the groups of parameters.
 *
 * <p>The rules for groups apply in the order in which they were given, each to the options that the previous ones produced; parameters with equal options and
 * type form one group. A tensor with several names is one parameter, under the first of them. Parameters may be frozen ({@code requires_grad}) at any time: a
 * parameter without a gradient is not changed.
 *
 * @param <B> the builder of one kind of optimiser
 * @since 0.1.0
 */
public abstract class OptimizerBuilder<B extends OptimizerBuilder<B>> {
    private final Map<String, Tensor> parameters;
    private final List<JointTensor> joints;
    private final List<ParameterSplit.Rule> rules = new ArrayList<>();
    private GroupOptions options;
    private Layout layout = Layout.CONTIGUOUS;
    private UpdatePath path;
    private boolean packed;
    private boolean joining;

    OptimizerBuilder(Layer model, GroupOptions options) {
        this(model.namedParameters(), JointLayer.tensorsOf(model), options);
    }

    OptimizerBuilder(Map<String, Tensor> parameters, List<JointTensor> joints, GroupOptions options) {
        this.parameters = DistinctTensors.of(parameters);
        this.joints = joints;
        this.options = options;
    }

    /** Sets the learning rate. */
    public final B learningRate(double value) {
        return change(options.withLearningRate(value));
    }

    /** Sets the factor of the L2 penalty. */
    public final B weightDecay(double value) {
        return change(options.withWeightDecay(value));
    }

    /** Changes the options of the parameters that match a {@link NamePattern}, such as {@code head.*}. */
    public final B group(String pattern, UnaryOperator<GroupOptions> change) {
        NamePattern names = NamePattern.of(pattern);
        return rule("'" + pattern + "'", (name, tensor) -> names.test(name), change);
    }

    /** Changes the options of the parameters whose names match. */
    public final B group(Predicate<String> names, UnaryOperator<GroupOptions> change) {
        return rule("by predicate", (name, tensor) -> names.test(name), change);
    }

    /** Disables weight decay for parameters with at most one dimension: biases, and the scales and shifts of norms. */
    public final B noDecayForBiasesAndNorms() {
        return rule(null, (name, tensor) -> tensor.dim() <= 1, group -> group.withWeightDecay(0));
    }

    /** Sets the memory layout of 4-d weights; contiguous by default. */
    public final B layout(Layout value) {
        layout = value;
        return self();
    }

    /** Sets the update path; the default is the best one for the device. */
    public final B path(UpdatePath value) {
        path = value;
        return self();
    }

    /** Sets whether gradients are packed anyway, as for a reduction over ranks. */
    public final B packedGradients(boolean value) {
        packed = value;
        return self();
    }

    /** Sets whether to join the tensors that the model can compute with as one; this is faster, and the results differ by rounding. */
    public final B joinTensors(boolean value) {
        joining = value;
        return self();
    }

    /** Returns whether a model has any of the parameters that the optimiser would update. */
    public final boolean updatesAnyOf(Layer model) {
        Set<Long> own =
                parameters.values().stream().map(DistinctTensors::identity).collect(Collectors.toSet());
        return model.namedParameters().values().stream()
                .map(DistinctTensors::identity)
                .anyMatch(own::contains);
    }

    /** Creates the optimiser; the model must be on its device. When the optimiser is closed, the parameters keep their values. */
    public final Optimizer build() {
        List<JointTensor> joined = joining ? FlatParameters.joints(joints, parameters) : List.of();
        List<ParameterGroup> groups = new ParameterSplit(parameters, options, rules).flatten(layout, joined);
        UpdatePath way = path;
        if (way == null) {
            way = packed ? UpdatePath.packedFor(groups) : UpdatePath.defaultFor(groups);
        }
        FlatOptimizer optimizer = create(groups, way);
        optimizer.ownParameters();
        return optimizer;
    }

    private B rule(String name, BiPredicate<String, Tensor> applies, UnaryOperator<GroupOptions> change) {
        rules.add(new ParameterSplit.Rule(name, applies, change));
        return self();
    }

    abstract FlatOptimizer create(List<ParameterGroup> groups, UpdatePath way);

    abstract B self();

    final GroupOptions options() {
        return options;
    }

    final B change(GroupOptions value) {
        options = value;
        return self();
    }
}
