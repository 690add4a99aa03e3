package org.ascend4j.cli.certify;

/** One test of a device. */
interface Trial {
    /** Returns the trial's name in the report. */
    String name();

    /** Runs the test. */
    Outcome run(Candidate candidate);
}
