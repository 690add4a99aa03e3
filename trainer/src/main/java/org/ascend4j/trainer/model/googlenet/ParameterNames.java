package org.ascend4j.trainer.model.googlenet;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;
import org.ascend4j.state.StateDict;

/**
 * The two texts' names of the same parameters: the Ascend tutorial's {@code stage3.0.p2_1.weight} is the Fashion tutorial's
 * {@code inception_3a.branch2_1.weight}.
 *
 * <p>torchvision's names belong to a different computation ({@link TorchvisionGoogLeNet}) and are not translated. Names
 * that neither text uses stay unchanged.
 *
 * @since 0.1.0
 */
public final class ParameterNames {
    private static final Map<String, String> TO_ARTICLE = new HashMap<>();
    private static final Map<String, String> TO_TEXT_000;

    static {
        TO_ARTICLE.put("conv1.0", "stage1.0");
        TO_ARTICLE.put("conv2.0", "stage2.0");
        TO_ARTICLE.put("conv2.2", "stage2.2");
        Map<String, String> blocks = new LinkedHashMap<>();
        addBlocks(blocks, 3, "ab");
        addBlocks(blocks, 4, "abcde");
        addBlocks(blocks, 5, "ab");
        Map<String, String> branches = Map.of(
                "branch1", "p1_1",
                "branch2_1", "p2_1",
                "branch2_2", "p2_2",
                "branch3_1", "p3_1",
                "branch3_2", "p3_2",
                "branch4_2", "p4_2");
        blocks.forEach((block, articleBlock) -> branches.forEach(
                (branch, articleBranch) -> TO_ARTICLE.put(block + "." + branch, articleBlock + "." + articleBranch)));
        TO_TEXT_000 = TO_ARTICLE.entrySet().stream().collect(Collectors.toMap(Entry::getValue, Entry::getKey));
    }

    private ParameterNames() {}

    /** Returns the state with the Ascend tutorial's names; its tensors are those of {@code state}. */
    public static StateDict toArticle(StateDict state) {
        return renamed(state, TO_ARTICLE);
    }

    /** Returns the state with the Fashion tutorial's names; its tensors are those of {@code state}. */
    public static StateDict toText000(StateDict state) {
        return renamed(state, TO_TEXT_000);
    }

    /** Returns the state for a network with or without auxiliary heads; without them, the weights of the heads are removed. */
    static StateDict forHeads(StateDict state, boolean auxiliaryHeads) {
        if (auxiliaryHeads) {
            return state;
        }
        StateDict kept = new StateDict();
        state.entries().forEach((name, tensor) -> {
            if (!name.startsWith("aux")) {
                kept.put(name, tensor);
            }
        });
        return kept;
    }

    /** Returns the paths of the last layers, which are the same in all trees, of a network with or without auxiliary heads. */
    static List<String> heads(boolean auxiliaryHeads) {
        return auxiliaryHeads ? List.of("fc", "aux1.fc2", "aux2.fc2") : List.of("fc");
    }

    private static void addBlocks(Map<String, String> blocks, int stage, String letters) {
        for (int i = 0; i < letters.length(); i++) {
            blocks.put("inception_" + stage + letters.charAt(i), "stage" + stage + "." + i);
        }
    }

    private static StateDict renamed(StateDict state, Map<String, String> layers) {
        StateDict renamed = new StateDict();
        state.entries().forEach((name, tensor) -> {
            int dot = Math.max(0, name.lastIndexOf('.'));
            String layer = name.substring(0, dot);
            renamed.put(layers.getOrDefault(layer, layer) + name.substring(dot), tensor);
        });
        return renamed;
    }
}
