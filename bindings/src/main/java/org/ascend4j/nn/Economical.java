package org.ascend4j.nn;

/** A layer with a form that gives the same values, to rounding, for less work on a host. */
public interface Economical {
    /** Chooses that form where it pays, or torch's own operator. */
    void economise(boolean wanted);

    /** Says whether {@link #economise} was wanted. */
    boolean economises();
}
