package org.ascend4j.cli.doctor;

/** How a check ended. */
public enum Status {
    /** As it should be. */
    OK("ok"),
    /** Something to know, neither right nor wrong. */
    INFO("info"),
    /** Works, or may work, but is likely to cause trouble. */
    WARNING("warning"),
    /** Not there; a problem only if the device does not start, because a simulated or remote device has none of it. */
    ABSENT("absent"),
    /** In the way of the device. */
    FAILED("failed"),
    /** Needs something that failed. */
    NOT_TRIED("not tried");

    private final String label;

    Status(String label) {
        this.label = label;
    }

    /** Returns the word that people and JSON see. */
    public String label() {
        return label;
    }

    /** Returns whether checks that build on this one can run. */
    boolean carries() {
        return this != FAILED && this != NOT_TRIED;
    }
}
