package org.ascend4j.cli.doctor;

/** The status of a check. */
public enum Status {
    /** The check succeeded. */
    OK("ok"),
    /** Information, neither right nor wrong. */
    INFO("info"),
    /** Works, or may work, but is likely to cause trouble. */
    WARNING("warning"),
    /** Missing. This is a problem only if the device does not start, because a simulated or remote device has none of it. */
    ABSENT("absent"),
    /** Prevents the use of the device. */
    FAILED("failed"),
    /** Not run, because a prerequisite failed. */
    NOT_TRIED("not tried");

    private final String label;

    Status(String label) {
        this.label = label;
    }

    /** Returns the word in the table and in JSON. */
    public String label() {
        return label;
    }

    /** Returns whether checks that depend on this one can run. */
    boolean carries() {
        return this != FAILED && this != NOT_TRIED;
    }
}
