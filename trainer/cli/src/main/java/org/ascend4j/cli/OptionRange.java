package org.ascend4j.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The range of a numeric option; the ranges of recipe settings are in the recipe. */
final class OptionRange {
    private OptionRange() {}

    /** Rejects a number out of range as wrong usage; null means that the option is not given. */
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
