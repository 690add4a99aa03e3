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

/** The weights that a fresh run starts from, and which of them it trains. */
@HelpGroup.In(HelpGroup.NETWORK)
final class FineTuningOptions {
    static final String INIT = "--init";

    private static final String PRETRAINED = "pretrained";

    @Option(
            names = INIT,
            paramLabel = "FILE|URL|pretrained",
            description =
                    "Start from weights: .pt (torch.save of a state dict), .safetensors, or a checkpoint; pretrained:"
                            + " torchvision's GoogLeNet for ImageNet, downloaded, with its model, size and normalisation."
                            + " Where the classes differ in number, the last layers start anew.")
    private String init;

    @Option(names = "--new-head", description = "Take all of --init but the last layers.")
    private boolean newHead;

    @Option(
            names = "--freeze",
            paramLabel = "PATTERN",
            split = ",",
            description =
                    "Leave parts as they are, batch norm's statistics included: backbone (all but the last layers),"
                            + " or modules and parameters such as stage1 or inception3*.")
    private List<String> freeze = List.of();

    @Option(
            names = "--head-lr",
            paramLabel = "X",
            description = "Learning rate of the last layers, where the others have --lr (--max-lr).")
    private String headLr;

    /** Says whether weights are given. */
    boolean isGiven() {
        return init != null;
    }

    /** Says whether all but the last layers is taken. */
    boolean newHead() {
        return newHead;
    }

    /** Returns the file to start from, fetching it where it is an address; null for the seed's weights. */
    Path file() {
        if (init == null) {
            return null;
        }
        String place = init.equals(PRETRAINED) ? PublishedWeights.GOOGLENET : init;
        return PublishedWeights.isAddress(place)
                ? PublishedWeights.fetch(place, DataSettings.defaultDirectory(), new ConsoleProgress())
                : Path.of(place);
    }

    /** Returns the given options as settings of a recipe, which other options may change. */
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

    /** Quoted, because an asterisk begins a reference in YAML. */
    private String quoted() {
        return freeze.stream()
                .map(pattern -> "'" + pattern.replace("'", "''") + "'")
                .toList()
                .toString();
    }
}
