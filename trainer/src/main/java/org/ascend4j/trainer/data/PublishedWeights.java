package org.ascend4j.trainer.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ascend4j.Ascend4jException;

/**
 * Weights that are downloaded and kept beside the data sets.
 *
 * <p>A name such as {@code googlenet-1378be20.pth} contains the beginning of the file's SHA-256 sum, as in torch.hub;
 * the sum is verified.
 *
 * @since 0.1.0
 */
public final class PublishedWeights {
    /** torchvision's GoogLeNet, trained on ImageNet (<a href="https://github.com/pytorch/vision/blob/v0.22.1/torchvision/models/googlenet.py">its source</a>). */
    public static final String GOOGLENET = "https://download.pytorch.org/models/googlenet-1378be20.pth";

    private static final Pattern NAME = Pattern.compile("(?:-([0-9a-f]{8,64}))?\\.(?:pt|pth|safetensors)$");

    private PublishedWeights() {}

    /** Returns the recipe settings for {@link #GOOGLENET}: the normalisation of images and the network's own setting that the weights need. */
    public static Map<String, String> recipeOfGoogLeNet() {
        return Map.of(
                "model.kind", "googlenet-torchvision",
                "model.transform_input", "true",
                "input.resize", "224",
                "input.mean", "[0.485, 0.456, 0.406]",
                "input.std", "[0.229, 0.224, 0.225]");
    }

    /** Returns whether {@code weights} is an address, not a file. */
    public static boolean isAddress(String weights) {
        return weights.matches("https?://.*");
    }

    /**
     * Returns the file of an address; fetches it first if it is missing.
     *
     * @throws Ascend4jException if the name is not that of a state dict, or the file's checksum does not match its name
     */
    public static Path fetch(String address, Path folder, ProgressSink progress) {
        String name = address.replaceFirst("[?#].*", "").replaceFirst(".*/", "");
        Matcher form = NAME.matcher(name);
        if (!form.find() || !name.matches("[\\w.-]+")) {
            throw new Ascend4jException(
                    "weights expect an address that ends in .pt, .pth or .safetensors, found " + address);
        }
        Checksum sum = form.group(1) == null ? Checksum.ANY : Checksum.sha256(form.group(1));
        return new Download(
                        address,
                        folder.resolve("weights").resolve(name),
                        sum,
                        "--init to the address of a mirror, or to a copy of the file")
                .fetch(progress);
    }
}
