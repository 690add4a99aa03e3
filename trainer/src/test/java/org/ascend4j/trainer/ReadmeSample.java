package org.ascend4j.trainer;

import java.nio.file.Path;
import java.util.Map;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.state.StateFiles;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.ProgressSink;
import org.ascend4j.trainer.model.googlenet.GoogLeNet;
import org.ascend4j.trainer.model.googlenet.GoogLeNetConfig;
import org.ascend4j.trainer.recipe.Recipes;
import org.ascend4j.trainer.train.RunSettings;
import org.ascend4j.trainer.train.Training;

final class ReadmeSample {
    private ReadmeSample() {}

    public static void main(String[] arguments) {
        var data = DataSources.parse(arguments[0], DataSettings.defaults()).load(ProgressSink.NONE);
        var config = GoogLeNetConfig.article().withBatchNorm(true).withInitialisation(Initialisation.KAIMING);
        try (var device = Devices.open(DeviceSpec.parse("cpu"));
                var model = new GoogLeNet(config)) {
            var settings = RunSettings.of(Recipes.named("shapes"), device, Path.of(arguments[1]));
            var result = new Training(settings, data, device).run(model);
            System.out.printf("best accuracy %.1f%%%n", 100 * result.bestAccuracy());
            StateFiles.write(Path.of(arguments[2]), model.stateDict(), Map.of());
        }
    }
}
