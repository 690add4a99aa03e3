package org.ascend4j.cli.doctor;

import org.ascend4j.Ascend4jException;

/**
 * What a check found.
 *
 * @param status how it ended
 * @param found what there is
 * @param remedy the one thing to do; empty where there is nothing to do
 * @param mayBeAbsence whether something that an earlier check found absent may be the cause
 */
public record Finding(Status status, String found, String remedy, boolean mayBeAbsence) {
    /** All is well. */
    public static Finding ok(String found) {
        return new Finding(Status.OK, found, "", false);
    }

    /** Something to know. */
    public static Finding info(String found) {
        return new Finding(Status.INFO, found, "", false);
    }

    /** Something that may cause trouble. */
    public static Finding warning(String found, String remedy) {
        return new Finding(Status.WARNING, found, remedy, false);
    }

    /** Something that only a real device on this host needs is not there. */
    public static Finding absent(String found, String remedy) {
        return new Finding(Status.ABSENT, found, remedy, false);
    }

    /** Something stands in the way. */
    public static Finding failed(String found, String remedy) {
        return new Finding(Status.FAILED, found, remedy, false);
    }

    /** Takes an exception's sentence apart: what was expected and found, and after its last semicolon what to do. */
    public static Finding failed(Ascend4jException problem) {
        String sentence = problem.getMessage();
        int cut = sentence.lastIndexOf("; ");
        return cut < 0 ? failed(sentence, "") : failed(sentence.substring(0, cut), sentence.substring(cut + 2));
    }

    /** Returns this with the remark that an absence found earlier may be the cause. */
    Finding maybeAbsence() {
        return new Finding(status, found, remedy, true);
    }
}
