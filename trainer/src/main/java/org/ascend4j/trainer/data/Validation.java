package org.ascend4j.trainer.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.ascend4j.Ascend4jException;

/**
 * Where a validation set comes from.
 *
 * @param kind which of the ways
 * @param share the share of each class of the training images that is held out, between 0 and 1; 0 for other kinds
 * @param folder a folder with one folder of images for each class; null for other kinds
 * @since 0.1.0
 */
public record Validation(Kind kind, double share, Path folder) {
    /** No validation set. */
    public static final Validation NONE = new Validation(Kind.NONE, 0, null);

    private static final String SPLIT_NAME = "split";
    private static final String EXPECTED =
            "--validate expects a share of the training images between 0 and 1, split, or a folder with a folder of"
                    + " images for each class, found '";
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]*[.,]?[0-9]+([eE][-+]?[0-9]+)?%?");

    /**
     * The ways to a validation set.
     *
     * @since 0.1.0
     */
    public enum Kind {
        /** There is none. */
        NONE,
        /** A seeded stratified share of the training images. */
        SHARE,
        /** The data set's own. */
        SPLIT,
        /** A folder of its own. */
        FOLDER
    }

    /** Returns which of the ways a text means that {@link #parse} takes, whether its folder exists or not. */
    public static Kind kind(String text) {
        if (text == null) {
            return Kind.NONE;
        }
        if (text.equals(SPLIT_NAME)) {
            return Kind.SPLIT;
        }
        return NUMBER.matcher(text).matches() ? Kind.SHARE : Kind.FOLDER;
    }

    /**
     * Parses what {@code --validate} takes; nothing is read yet.
     *
     * @param text a share, {@code split} or a folder; null for no validation set
     * @throws Ascend4jException if it is none of these
     */
    public static Validation parse(String text) {
        return switch (kind(text)) {
            case NONE -> NONE;
            case SPLIT -> new Validation(Kind.SPLIT, 0, null);
            case SHARE -> share(text);
            case FOLDER -> folder(text);
        };
    }

    private static Validation share(String text) {
        try {
            double share = Double.parseDouble(text);
            if (share > 0 && share < 1) {
                return new Validation(Kind.SHARE, share, null);
            }
        } catch (NumberFormatException e) {
            throw new Ascend4jException(EXPECTED + text + "'", e);
        }
        throw new Ascend4jException(EXPECTED + text + "'");
    }

    private static Validation folder(String text) {
        try {
            Path folder = Path.of(text);
            if (!text.isBlank() && Files.isDirectory(folder)) {
                return new Validation(Kind.FOLDER, 0, folder);
            }
        } catch (InvalidPathException e) {
            throw new Ascend4jException(EXPECTED + text + "'", e);
        }
        throw new Ascend4jException(EXPECTED + text + "', which is no folder");
    }
}
