package example;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ProgressSink;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.progress.RunResult;
import org.ascend4j.trainer.recipe.Recipes;
import org.ascend4j.trainer.train.RunSettings;
import org.ascend4j.trainer.train.Training;

/** Trains the network of this module on generated images and writes a checkpoint to the folder given. */
public final class Main {
    private Main() {}

    /** Runs eight steps. */
    public static void main(String[] arguments) {
        DataSplits data = DataSources.parse("shapes:256,64", DataSettings.defaults()).load(ProgressSink.NONE);
        try (DeviceBackend device = Devices.open(DeviceSpec.parse("cpu"));
                ImageClassifier model = Models.create("tiny", 3, 10, Map.of())) {
            RunSettings settings = RunSettings.of(
                    Recipes.bind(Recipes.override(Recipes.tree("shapes"), Map.of("epochs", "1", "batch_size", "32")))
                            .withAnyModel(),
                    device,
                    Path.of(arguments[0]));
            RunResult result = new Training(settings, data, device).run(model);
            System.out.printf(
                    Locale.ROOT, "%s trained %d steps as %s%n", model.modelName(), result.steps(), Main.class.getModule());
        }
    }
}
