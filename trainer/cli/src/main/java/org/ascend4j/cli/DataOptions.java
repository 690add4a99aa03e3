package org.ascend4j.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.help.HelpGroup;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSource;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.Validation;
import picocli.CommandLine.Option;

/** The options that choose a data set, for all commands that read one. */
@HelpGroup.In(HelpGroup.DATA)
public final class DataOptions {
    private static final String FINE = "fine";
    private static final String COARSE = "coarse";

    @HelpGroup.In(HelpGroup.FIRST)
    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "The data set: cifar10, fashion-mnist[:FOLDER], mnist[:FOLDER], emnist:FOLDER, "
                    + "folder:FOLDER, shapes[:TRAIN,TEST], or the path of a folder or .tar.gz with CIFAR-10, "
                    + "CIFAR-100, IDX files or one folder of images per class (default: the recipe's).")
    private String data;

    @Option(
            names = "--" + ModelArtsOptions.DATA,
            paramLabel = "DATA",
            description = "ModelArts' name for --data. --data takes precedence.")
    private String modelArtsData;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder of downloaded data sets (default: ASCEND4J_DATA, else ~/.cache/ascend4j/data).")
    private Path directory;

    @Option(
            names = "--data-url",
            paramLabel = "URL",
            description = "Address to download the data set from instead of its official one.")
    private String url;

    @Option(
            names = "--resize",
            paramLabel = "N",
            description =
                    "Resize images to N x N pixels: the shorter side is resized to N, and the centre is " + "cropped.")
    private Integer resize;

    @Option(
            names = "--labels",
            paramLabel = "fine|coarse",
            description = "Classes of CIFAR-100: the 100 fine ones (default) or the 20 coarse ones.")
    private String labels = FINE;

    @Option(
            names = "--skip-broken",
            description = "Skip image files that cannot be decoded and print their number, instead of refusing the "
                    + "folder.")
    private boolean skipBroken;

    /** Returns the data set's name or path from the command line; empty if it is not given. */
    public Optional<String> data() {
        return Optional.ofNullable(data == null ? modelArtsData : data);
    }

    /** Returns the name of the recipe for these data if no other is asked for. */
    String defaultRecipe() {
        return data().filter(name -> name.startsWith("shapes")).isPresent() ? "shapes" : "ascend";
    }

    /** Returns the side length to resize images to; empty to keep their size. */
    public OptionalInt resize() {
        return resize == null ? OptionalInt.empty() : OptionalInt.of(resize);
    }

    /**
     * Returns a data set.
     *
     * @param nameOrPath a name or path as for {@code --data}
     * @param seed seed of splits and generated images
     * @param side the recipe's side length of images, used without {@code --resize}; null to keep their size
     * @param originals whether to keep image files for random crops of whole photographs
     */
    public DataSource source(String nameOrPath, long seed, Integer side, boolean originals) {
        return source(nameOrPath, seed, side, originals, Validation.NONE);
    }

    /** Does the same, with validation images. */
    DataSource source(String nameOrPath, long seed, Integer side, boolean originals, Validation validation) {
        Integer wanted = resize == null ? side : resize;
        return DataSources.parse(
                nameOrPath,
                new DataSettings(
                        directory == null ? DataSettings.defaultDirectory() : directory,
                        Optional.ofNullable(url),
                        wanted == null ? OptionalInt.empty() : OptionalInt.of(wanted),
                        seed,
                        isCoarse(),
                        skipBroken,
                        originals,
                        validation));
    }

    private boolean isCoarse() {
        if (!labels.equals(FINE) && !labels.equals(COARSE)) {
            throw new Ascend4jException("--labels expects fine or coarse, found '" + labels + "'");
        }
        return labels.equals(COARSE);
    }
}
