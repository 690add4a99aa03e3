package org.ascend4j;

/**
 * Words of commands that a user copies into a shell.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @since 0.1.0
 */
public final class ShellWord {
    private ShellWord() {}

    /** Returns a word as a POSIX shell reads it back: unchanged if it has no special character, else in single quotes. */
    public static String quote(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
