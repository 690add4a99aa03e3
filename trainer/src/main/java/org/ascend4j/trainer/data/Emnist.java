package org.ascend4j.trainer.data;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The classes of EMNIST's six splits, which are IDX files named {@code emnist-SPLIT-train-images-idx3-ubyte} and so on.
 *
 * @see <a href="https://arxiv.org/abs/1702.05373">Cohen et al., 2017</a>
 */
final class Emnist {
    private static final String DIGITS = "0123456789";
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String SMALL = "abcdefghijklmnopqrstuvwxyz";
    /** Lower-case letters that do not look like their capitals. */
    private static final String DISTINCT = "abdefghnqrt";

    private static final Map<String, List<String>> CLASSES = Map.of(
            "byclass", characters(DIGITS + CAPITALS + SMALL),
            "bymerge", characters(DIGITS + CAPITALS + DISTINCT),
            "balanced", characters(DIGITS + CAPITALS + DISTINCT),
            "digits", characters(DIGITS),
            "mnist", characters(DIGITS),
            "letters", characters(SMALL));

    private Emnist() {}

    /** Returns the classes of a split. */
    static List<String> classNames(String split) {
        return CLASSES.get(split);
    }

    /** Returns the label of the first class: the letters split counts from 1. */
    static int firstLabel(String split) {
        return split.equals("letters") ? 1 : 0;
    }

    private static List<String> characters(String text) {
        return IntStream.range(0, text.length())
                .mapToObj(i -> text.substring(i, i + 1))
                .toList();
    }
}
