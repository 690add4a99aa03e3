package org.ascend4j.runtime;

import java.util.Arrays;
import java.util.List;

/**
 * A comparable version: numbers separated by dots; a release candidate ({@code 8.3.RC1}) comes before its release.
 *
 * @param text the version as text
 * @param parts its numbers; those of release candidates are negative
 * @since 0.1.0
 */
public record Version(String text, List<Integer> parts) implements Comparable<Version> {
    private static final int CANDIDATES = 1000;

    /** Parses a version; parts without a digit count as 0. */
    public static Version parse(String text) {
        return new Version(
                text,
                Arrays.stream(text.strip().split("[.+-]")).map(Version::number).toList());
    }

    private static int number(String part) {
        String digits = part.replaceAll("\\D", "");
        int number = digits.isEmpty() || digits.length() > 8 ? 0 : Integer.parseInt(digits);
        boolean release = !part.isEmpty() && Character.isDigit(part.charAt(0));
        return release ? number : number - CANDIDATES;
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
            int difference = Integer.compare(part(i), other.part(i));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    private int part(int index) {
        return index < parts.size() ? parts.get(index) : 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
