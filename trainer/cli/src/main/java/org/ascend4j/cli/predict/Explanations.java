package org.ascend4j.cli.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.ascend4j.FileErrors;
import org.ascend4j.trainer.train.Explainer;

/** Writes a picture for each image that shows which parts contribute to its most probable class. */
public final class Explanations {
    private final Path folder;
    private final Explainer explainer;
    private final Set<String> taken = new HashSet<>();

    /** Creates the folder if necessary. */
    public Explanations(Path folder, Explainer explainer) {
        this.folder = folder;
        this.explainer = explainer;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw FileErrors.cannotWrite(folder, e);
        }
    }

    /** Writes {@code NAME.png} for an image of that name, {@code NAME-2.png} for the next image of the same name. */
    public void write(String image, byte[] pixels, int label) {
        Path file = folder.resolve(fileName(image));
        try {
            Files.write(file, explainer.explain(pixels, label).picture().bytes());
        } catch (IOException e) {
            throw FileErrors.cannotWrite(file, e);
        }
    }

    private String fileName(String image) {
        String name = image.equals("-") ? "image" : Path.of(image).getFileName().toString();
        String stem = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
        String unique = stem;
        for (int i = 2; !taken.add(unique); i++) {
            unique = stem + "-" + i;
        }
        return unique + ".png";
    }
}
