package org.ascend4j.optim;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A pattern for names of parameters, such as {@code head.*} or {@code *.bias}: {@code *} matches any characters, including dots, and {@code ?} matches one.
 *
 * @since 0.1.0
 */
public final class NamePattern implements Predicate<String> {
    private final String text;
    private final Pattern pattern;

    private NamePattern(String text) {
        this.text = text;
        String quoted = Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        this.pattern = Pattern.compile(quoted);
    }

    /** Returns the pattern; one without {@code *} and {@code ?} matches exactly that name. */
    public static NamePattern of(String text) {
        return new NamePattern(text);
    }

    @Override
    public boolean test(String name) {
        return pattern.matcher(name).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
