package org.ascend4j.pickle;

/** An object of a class that its reader knows, with the state that the pickle gives it. */
public final class PickledObject extends PickledValue {
    private final String type;
    private Object state;

    /** Makes an object without state of a type that the reader names. */
    public PickledObject(String type) {
        this.type = type;
    }

    /** Returns the name that the reader gave. */
    public String type() {
        return type;
    }

    /** Returns what Python's {@code __setstate__} would get; null if there is nothing. */
    public Object state() {
        return state;
    }

    /** Gives the object its state. */
    public void build(Object given) {
        hold(given);
        state = given;
    }
}
