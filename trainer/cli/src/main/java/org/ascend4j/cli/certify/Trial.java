package org.ascend4j.cli.certify;

/** One thing that a device has to prove. */
interface Trial {
    /** Returns the trial's name in the report. */
    String name();

    /** Tries it. */
    Outcome run(Candidate candidate);
}
