package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.trainer.model.ModelKind;
import org.ascend4j.trainer.model.googlenet.GoogLeNetConfig;
import org.ascend4j.trainer.model.googlenet.Stem;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ModelOptionsTest {
    private final ModelOptions options = new ModelOptions();

    @Test
    void whatIsNotGivenStays() {
        parse();
        assertThat(options.overrides()).isEmpty();
        assertThat(options.kind(ModelKind.TORCHVISION)).isEqualTo(ModelKind.TORCHVISION);
        assertThat(options.apply(GoogLeNetConfig.fashion())).isEqualTo(GoogLeNetConfig.fashion());
    }

    @Test
    void everyOptionIsASettingOfTheRecipe() {
        parse(("--model googlenet-torchvision --classes 7 --stem cifar-fine --no-batch-norm --lrn --no-aux "
                        + "--dropout 0.25 --initialisation truncated-normal")
                .split(" "));
        assertThat(options.overrides())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "model.kind", "googlenet-torchvision",
                        "model.outputs", "7",
                        "model.stem", "cifar-fine",
                        "model.batch_norm", "false",
                        "model.lrn", "true",
                        "model.aux", "false",
                        "model.dropout", "0.25",
                        "model.initialisation", "truncated-normal"));
        assertThat(options.kind(ModelKind.GOOGLENET)).isEqualTo(ModelKind.TORCHVISION);
        assertThat(options.apply(GoogLeNetConfig.torchvision()))
                .isEqualTo(new GoogLeNetConfig(
                        3, 7, Stem.CIFAR_FINE, false, true, false, 0.25, Initialisation.TRUNCATED_NORMAL));
    }

    private void parse(String... arguments) {
        new CommandLine(options).parseArgs(arguments);
    }
}
