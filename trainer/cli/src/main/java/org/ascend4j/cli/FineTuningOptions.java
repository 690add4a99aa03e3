package org.ascend4j.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.cli.console.ConsoleProgress;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.PublishedWeights;
import picocli.CommandLine.Option;

/** The options for the initial weights of a fresh run, and for the weights that it trains. */
@HelpGroup.In(HelpGroup.NETWORK)
final class FineTuningOptions {
    static final String INIT = "--init";

    private static final String PRETRAINED = "pretrained";

    @Option(
            names = INIT,
            paramLabel = "FILE|URL|pretrained",
            description =
                    "Start from these weights: .pt (torch.save of a state dict), .safetensors or a checkpoint; pretrained:"
                            + " download torchvision's GoogLeNet for ImageNet and use its network, image size and"
                            + " normalisation. If the number of classes differs, the last layers are initialised anew.")
    private String init;

    @Option(names = "--new-head", description = "Load --init without the last layers, which are initialised anew.")
    private boolean newHead;

    @Option(
            names = "--freeze",
            paramLabel = "PATTERN",
            split = ",",
            description = "Do not train these parts, batch norm statistics included: backbone (all but the last "
                    + "layers), or patterns of modules and parameters such as stage1 or inception3*.")
    private List<String> freeze = List.of();

    @Option(
            names = "--head-lr",
            paramLabel = "X",
            description = "Learning rate of the last layers; --lr (--max-lr) sets that of the others.")
    private String headLr;

    /** Returns whether initial weights are given. */
    boolean isGiven() {
        return init != null;
    }

    /** Returns whether the last layers of the initial weights are ignored. */
    boolean newHead() {
        return newHead;
    }

    /** Returns the file of initial weights, which is fetched first if an address is given; null for weights drawn with the seed. */
    Path file() {
        if (init == null) {
            return null;
        }
        String place = init.equals(PRETRAINED) ? PublishedWeights.GOOGLENET : init;
        return PublishedWeights.isAddress(place)
                ? PublishedWeights.fetch(place, DataSettings.defaultDirectory(), new ConsoleProgress())
                : Path.of(place);
    }

    /** Returns the given options as recipe settings, which other options may override. */
    Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        if (PRETRAINED.equals(init)) {
            overrides.putAll(PublishedWeights.recipeOfGoogLeNet());
        }
        if (!freeze.isEmpty()) {
            overrides.put("fine_tuning.freeze", quoted());
        }
        if (headLr != null) {
            overrides.put("fine_tuning.head_lr", headLr);
        }
        return overrides;
    }

    /** Returns the text quoted, because an asterisk begins an alias in YAML. */
    private String quoted() {
        return freeze.stream()
                .map(pattern -> "'" + pattern.replace("'", "''") + "'")
                .toList()
                .toString();
    }
}
