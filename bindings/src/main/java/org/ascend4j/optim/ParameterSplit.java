package org.ascend4j.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.Layout;
import org.ascend4j.nn.joint.JointTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Divides parameters into groups with equal options and type, in the order of their first members. */
final class ParameterSplit {
    /**
     * A change of the options of some parameters.
     *
     * @param name the user's pattern for them; null for a rule that need not match any
     * @param applies whether the rule applies to a parameter with that name
     * @param change computes the new options from those that earlier rules produced
     */
    record Rule(String name, BiPredicate<String, Tensor> applies, UnaryOperator<GroupOptions> change) {}

    private record Key(GroupOptions options, ScalarType type) {}

    private final Map<Key, Map<String, Tensor>> groups = new LinkedHashMap<>();

    ParameterSplit(Map<String, Tensor> parameters, GroupOptions base, List<Rule> rules) {
        // Integer tensors have no gradients.
        Map<String, Tensor> trainable = new LinkedHashMap<>(parameters);
        trainable.values().removeIf(tensor -> !tensor.is_floating_point());
        for (Rule rule : rules) {
            if (rule.name != null
                    && trainable.entrySet().stream().noneMatch(e -> rule.applies.test(e.getKey(), e.getValue()))) {
                throw new Ascend4jException(
                        "parameter group " + rule.name + " expects the name of a parameter, found none among "
                                + String.join(", ", trainable.keySet()));
            }
        }
        if (trainable.isEmpty()) {
            throw new Ascend4jException("an optimiser expects at least one parameter, found none");
        }
        trainable.forEach((name, tensor) -> {
            GroupOptions options = base;
            for (Rule rule : rules) {
                if (rule.applies.test(name, tensor)) {
                    options = rule.change.apply(options);
                }
            }
            Key key = new Key(options, tensor.scalar_type().intern());
            groups.computeIfAbsent(key, none -> new LinkedHashMap<>()).put(name, tensor);
        });
    }

    /** Moves each group into its own buffer; a joint tensor whose members are in several groups is not joined. */
    List<ParameterGroup> flatten(Layout layout, List<JointTensor> joints) {
        List<ParameterGroup> made = new ArrayList<>();
        groups.forEach((key, named) ->
                made.add(new ParameterGroup(new FlatParameters(named, layout, within(joints, named)), key.options)));
        return made;
    }

    private static List<JointTensor> within(List<JointTensor> joints, Map<String, Tensor> named) {
        Set<Long> known = named.values().stream().map(DistinctTensors::identity).collect(Collectors.toSet());
        return joints.stream()
                .filter(joint ->
                        joint.members().stream().map(DistinctTensors::identity).allMatch(known::contains))
                .toList();
    }
}
