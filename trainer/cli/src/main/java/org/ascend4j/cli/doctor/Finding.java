package org.ascend4j.cli.doctor;

import org.ascend4j.Ascend4jException;

/**
 * The result of a check.
 *
 * @param status its status
 * @param found a description of what was found
 * @param remedy the one thing to do; empty if there is nothing to do
 * @param mayBeAbsence whether something that an earlier check found absent may be the cause
 */
public record Finding(Status status, String found, String remedy, boolean mayBeAbsence) {
    /** Makes the result of a successful check. */
    public static Finding ok(String found) {
        return new Finding(Status.OK, found, "", false);
    }

    /** Makes a result that is information only. */
    public static Finding info(String found) {
        return new Finding(Status.INFO, found, "", false);
    }

    /** Makes a result that warns of likely trouble. */
    public static Finding warning(String found, String remedy) {
        return new Finding(Status.WARNING, found, remedy, false);
    }

    /** Makes the result that something is missing which only a real device on this host needs. */
    public static Finding absent(String found, String remedy) {
        return new Finding(Status.ABSENT, found, remedy, false);
    }

    /** Makes the result of a failed check. */
    public static Finding failed(String found, String remedy) {
        return new Finding(Status.FAILED, found, remedy, false);
    }

    /** Makes the result of a failed check from an exception. The part of its message after the last semicolon becomes the remedy. */
    public static Finding failed(Ascend4jException problem) {
        String sentence = problem.getMessage();
        int cut = sentence.lastIndexOf("; ");
        return cut < 0 ? failed(sentence, "") : failed(sentence.substring(0, cut), sentence.substring(cut + 2));
    }

    /** Returns this result with the note that an absence found earlier may be the cause. */
    Finding maybeAbsence() {
        return new Finding(status, found, remedy, true);
    }
}
