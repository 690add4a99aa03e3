package org.ascend4j.nativelib.support.fuzz;

import java.util.regex.Pattern;

/** The rules for every message to a user: one printable line of bounded length, without class names and without a backtrace. */
final class Sentences {
    private static final Pattern FOREIGN = Pattern.compile(
            "\\b(java|javax|jdk|sun|com|org|net)\\.[a-z0-9_]+\\.|Exception|frame #\\d|c10::|at::|std::");

    private Sentences() {}

    /** Returns the rule that a message violates; null if there is none. */
    static String problem(String sentence, int longest) {
        if (sentence == null || sentence.isBlank()) {
            return "an empty sentence";
        }
        if (sentence.length() > longest) {
            return "a sentence of " + sentence.length() + " characters, more than " + longest + ": "
                    + sentence.substring(0, longest);
        }
        if (sentence.codePoints().anyMatch(Sentences::isUnprintable)) {
            return "a sentence with control characters: " + sentence;
        }
        if (FOREIGN.matcher(sentence).find()) {
            return "a sentence with the name of a class: " + sentence;
        }
        return null;
    }

    private static boolean isUnprintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
