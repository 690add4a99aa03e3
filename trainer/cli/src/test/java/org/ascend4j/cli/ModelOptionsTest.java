package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ModelOptionsTest {
    private final ModelOptions options = new ModelOptions();

    @Test
    void whatIsNotGivenStays() {
        parse();
        assertThat(options.overrides()).isEmpty();
        assertThat(options.name("googlenet-torchvision")).isEqualTo("googlenet-torchvision");
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
        assertThat(options.name("googlenet")).isEqualTo("googlenet-torchvision");
    }

    private void parse(String... arguments) {
        new CommandLine(options).parseArgs(arguments);
    }
}
