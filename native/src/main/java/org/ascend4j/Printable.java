package org.ascend4j;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Formats text from files and other libraries for a sentence: on one line, with unprintable characters escaped, and of limited length.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class Printable {
    /** The maximum number of characters of a text that are shown; three dots replace the rest. */
    public static final int LONGEST = 80;

    /** The maximum number of characters that {@link #line} shows. */
    public static final int LONGEST_LINE = 400;

    private static final int ITEMS = 3;
    private static final String REST = "...";

    private Printable() {}

    /** Returns the text (for any other value its {@code toString}) with control characters escaped as in Java, cut at {@link #LONGEST} characters. */
    public static String of(Object value) {
        return shown(String.valueOf(value), LONGEST);
    }

    /** Returns the first line of another library's message, also escaped, cut at {@link #LONGEST_LINE} characters. */
    public static String line(String text) {
        return shown(text.lines().findFirst().orElse(""), LONGEST_LINE);
    }

    private static String shown(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int character = text.codePointAt(at);
            String next = escaped(character);
            if (shown.length() + next.length() > longest) {
                return shown.append(REST).toString();
            }
            shown.append(next);
            at += Character.charCount(character);
        }
        return shown.toString();
    }

    /** Returns a path formatted as by {@link #of}, but cut at its beginning, because its end identifies the file. */
    public static String path(Object value) {
        String text = String.valueOf(value);
        StringBuilder shown = new StringBuilder();
        for (int end = text.length(); end > 0; ) {
            int character = text.codePointBefore(end);
            String next = escaped(character);
            if (shown.length() + next.length() > LONGEST) {
                return shown.insert(0, REST).toString();
            }
            shown.insert(0, next);
            end -= Character.charCount(character);
        }
        return shown.toString();
    }

    /** Returns the first three values and the number of further ones. */
    public static String listOf(Collection<?> values) {
        String first = values.stream().limit(ITEMS).map(Printable::of).collect(Collectors.joining(", "));
        int more = values.size() - ITEMS;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static String escaped(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                character < Character.MIN_SUPPLEMENTARY_CODE_POINT
                        ? String.format("\\u%04x", character)
                        : String.format("\\u{%x}", character);
            default -> Character.toString(character);
        };
    }
}
