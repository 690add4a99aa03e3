package org.ascend4j.trainer.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;
import org.ascend4j.state.StateDict;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Copies a state dict into a network.
 *
 * @since 0.1.0
 */
public final class StateLoader {
    private static final int NAMES_SHOWN = 3;

    private StateLoader() {}

    /**
     * Copies every value in place; devices and types may differ. {@link ImageClassifier#adapt} maps the names of the
     * state to the network's. If the state does not fit, nothing is changed.
     *
     * @throws Ascend4jException if names are missing or unexpected or shapes differ
     */
    public static void load(ImageClassifier model, StateDict state) {
        copy(model.stateDict().entries(), model.adapt(state).entries());
    }

    /**
     * Copies as {@link #load} does, but without the {@link ImageClassifier#heads last layers}: their values stay and
     * those in the state are ignored.
     */
    public static void loadAllButHeads(ImageClassifier model, StateDict state) {
        Predicate<String> body = model.headNames().negate();
        copy(only(body, model.stateDict()), only(body, model.adapt(state)));
    }

    /** Returns whether the state does not fit only because the last layers have another shape. */
    public static boolean onlyHeadsDiffer(ImageClassifier model, StateDict state) {
        Map<String, Tensor> expected = model.stateDict().entries();
        Map<String, Tensor> found = model.adapt(state).entries();
        List<String> reshaped = reshaped(expected, found);
        return !reshaped.isEmpty() && reshaped.stream().allMatch(model.headNames());
    }

    private static Map<String, Tensor> only(Predicate<String> names, StateDict state) {
        Map<String, Tensor> kept = new LinkedHashMap<>(state.entries());
        kept.keySet().removeIf(names.negate());
        return kept;
    }

    @SuppressWarnings("try")
    private static void copy(Map<String, Tensor> expected, Map<String, Tensor> found) {
        check(expected, found);
        try (NoGradGuard guard = new NoGradGuard()) {
            expected.forEach((name, tensor) -> tensor.copy_(found.get(name)));
        }
    }

    private static List<String> reshaped(Map<String, Tensor> expected, Map<String, Tensor> found) {
        return expected.keySet().stream()
                .filter(found::containsKey)
                .filter(name -> !Arrays.equals(
                        expected.get(name).shape(), found.get(name).shape()))
                .toList();
    }

    private static void check(Map<String, Tensor> expected, Map<String, Tensor> found) {
        List<String> missing = expected.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .toList();
        List<String> unexpected = found.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .map(Printable::of)
                .toList();
        List<String> reshaped = reshaped(expected, found).stream()
                .map(name ->
                        name + " (expected " + shape(expected.get(name)) + ", found " + shape(found.get(name)) + ")")
                .toList();
        List<String> complaints = new ArrayList<>();
        complain(complaints, "missing ", missing);
        complain(complaints, "unexpected ", unexpected);
        complain(complaints, "of another shape ", reshaped);
        if (!complaints.isEmpty()) {
            throw new Ascend4jException(
                    "the weights do not fit the model (set --model and its options to what they were made with): "
                            + String.join("; ", complaints));
        }
    }

    private static void complain(List<String> complaints, String what, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        int more = names.size() - NAMES_SHOWN;
        complaints.add(what + shown + (more > 0 ? " and " + more + " more" : ""));
    }

    private static String shape(Tensor tensor) {
        return Arrays.stream(tensor.shape()).mapToObj(Long::toString).collect(Collectors.joining("x", "[", "]"));
    }
}
