package org.ascend4j.trainer.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ascend4j.Ascend4jException;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.data.Validation;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.recipe.ModelSettings;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;

/** Checks whether a run can resume from another run's checkpoint. */
final class Resumption {
    private static final String CLASS_WEIGHTS = "class_weights";

    private Resumption() {}

    /** Throws if the run cannot resume, and returns a sentence for each setting that has changed. */
    static List<String> check(Path file, RunDescription saved, RunDescription now) {
        Recipe before = saved.recipe().withModel(complete(saved.recipe().model()));
        require(file, "model", tree(before.model()), tree(now.recipe().model()));
        require(
                file,
                "optimizer.type",
                saved.recipe().optimizer().type(),
                now.recipe().optimizer().type());
        require(file, "classes", saved.classNames(), now.classNames());
        checkValidation(file, saved, now);
        require(file, "training images", saved.trainImages(), now.trainImages());
        require(file, "channels", saved.channels(), now.channels());
        List<String> changes = new ArrayList<>();
        compare("", Recipes.describe(before), Recipes.describe(now.recipe()), changes);
        note(CLASS_WEIGHTS, weights(before), weights(now.recipe()), changes);
        if (saved.globalBatch() > 0) {
            note("images per update", saved.globalBatch(), now.globalBatch(), changes);
        }
        note("data", saved.data(), now.data(), changes);
        note("--validate", text(saved.validation()), text(now.validation()), changes);
        note("seed", saved.seed(), now.seed(), changes);
        note("augment", saved.augment(), now.augment(), changes);
        note("shuffle", saved.shuffle(), now.shuffle(), changes);
        return changes;
    }

    /** Other validation images may have been trained on, and their accuracies do not compare; a folder may have moved. */
    private static void checkValidation(Path file, RunDescription saved, RunDescription now) {
        Validation.Kind kind = Validation.kind(now.validation());
        if (kind != Validation.Kind.FOLDER || Validation.kind(saved.validation()) != kind) {
            require(file, "--validate", text(saved.validation()), text(now.validation()));
        }
        if (kind == Validation.Kind.SHARE) {
            require(file, "seed, which selected the validation images,", saved.seed(), now.seed());
        }
    }

    private static String text(String validation) {
        return validation == null ? "none" : validation;
    }

    /** The tree of a recipe without weights has none. */
    private static Object weights(Recipe recipe) {
        return recipe.classWeights() == null ? "none" : Recipes.describe(recipe).get(CLASS_WEIGHTS);
    }

    /** Older checkpoints hold only the settings that the recipe contained. */
    private static ModelSettings complete(ModelSettings saved) {
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        Models.find(saved.kind()).ifPresent(factory -> Models.settings(factory, saved.settings())
                .properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue())));
        return settings.isEmpty() ? saved : saved.withSettings(settings);
    }

    private static Map<String, Object> tree(ModelSettings model) {
        Map<String, Object> tree = new LinkedHashMap<>(model.settings());
        tree.replaceAll((key, value) -> value instanceof NumericNode number ? number.doubleValue() : value);
        tree.put("kind", model.kind());
        tree.put("outputs", model.outputs());
        tree.put("sync_batch_norm", model.syncBatchNorm());
        return tree;
    }

    private static void require(Path file, String what, Object saved, Object now) {
        if (!Objects.equals(saved, now)) {
            throw new Ascend4jException("checkpoint " + file + " expects the " + what + " that it was written with, "
                    + saved + ", found " + now);
        }
    }

    private static void compare(String path, JsonNode saved, JsonNode now, List<String> changes) {
        now.properties().forEach(entry -> {
            String name = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            JsonNode before = saved.path(entry.getKey());
            if (entry.getValue().isObject()) {
                compare(name, before, entry.getValue(), changes);
            } else if (!before.isMissingNode() && !name.equals(CLASS_WEIGHTS)) {
                note(name, before, entry.getValue(), changes);
            }
        });
    }

    private static void note(String name, Object before, Object now, List<String> changes) {
        if (!same(before, now)) {
            changes.add("The checkpoint was written with " + name + " " + before + "; continuing with " + now + ".");
        }
    }

    private static boolean same(Object before, Object now) {
        return before instanceof JsonNode one && now instanceof JsonNode other
                ? ModelSettings.same(one, other)
                : before.equals(now);
    }
}
