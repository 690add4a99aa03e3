package org.ascend4j.nn;

/** A layer with a form that gives the same values, to rounding, for less work on a host. */
public abstract class Economical extends Layer {
    private boolean economical;

    /** Names the layer's type, which starts with torch's own operator. */
    Economical(String typeName) {
        super(typeName);
    }

    /** Chooses that form where it pays, or torch's own operator. */
    public final void economise(boolean wanted) {
        economical = wanted;
    }

    /** Says whether {@link #economise} was wanted. */
    public final boolean economises() {
        return economical;
    }
}
