package org.ascend4j.trainer.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.recipe.ModelSettings;
import org.ascend4j.trainer.recipe.Recipe;

/** Makes a run's recipe agree with the model that is trained. */
final class ModelIdentity {
    private ModelIdentity() {}

    /**
     * Returns the recipe with the name and all settings of the model, as stored in checkpoints.
     *
     * @param classes number of classes in the data
     * @throws Ascend4jException if the recipe specifies a different model
     */
    static Recipe record(Recipe recipe, ImageClassifier model, int classes) {
        ModelSettings wanted = recipe.model();
        if (!wanted.isOpen()) {
            require("model.kind", wanted.kind(), model.modelName());
        }
        ObjectNode actual = model.modelSettings();
        wanted.settings().forEach((key, value) -> {
            JsonNode found = actual.get(key);
            if (found == null && isNamedByFactory(model, key)) {
                throw new Ascend4jException(model.typeName() + ".modelSettings() lacks '" + key
                        + "', which its factory names; return a value for each setting of the factory");
            }
            if (found == null || !ModelSettings.same(value, found)) {
                require("model." + key, value, found);
            }
        });
        int outputs = wanted.outputs() == null ? classes : wanted.outputs();
        if (model.outputs() < classes || wanted.outputs() != null && model.outputs() != outputs) {
            require("model.outputs", Math.max(outputs, classes), model.outputs());
        }
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        actual.properties().forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
        Integer recorded =
                wanted.outputs() == null && model.outputs() == classes ? null : Integer.valueOf(model.outputs());
        return recipe.withModel(new ModelSettings(model.modelName(), recorded, wanted.syncBatchNorm(), settings));
    }

    private static boolean isNamedByFactory(ImageClassifier model, String key) {
        return Models.find(model.modelName())
                .filter(factory -> factory.defaults().has(key))
                .isPresent();
    }

    private static void require(String setting, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new Ascend4jException("the recipe expects a model with " + setting + " " + expected + ", found "
                    + (found == null ? "one without that setting" : found) + "; set " + setting
                    + " to the model's, or leave the model open by Recipe.withAnyModel()");
        }
    }
}
