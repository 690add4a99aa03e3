package org.ascend4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The range of a number that is an option; a recipe's settings have theirs in the recipe. */
final class OptionRange {
    private OptionRange() {}

    /** Refuses a number out of its range as wrong usage; null is an option that is not given. */
    static void check(CommandLine command, String option, Number value, long least, long most) {
        if (value == null) {
            return;
        }
        if (value.longValue() < least) {
            throw new ParameterException(command, option + " expects " + least + " or more, found " + value);
        }
        if (value.longValue() > most) {
            throw new ParameterException(command, option + " expects at most " + most + ", found " + value);
        }
    }
}
