package org.ascend4j.pickle;

/**
 * An object of a class that its reader supports, with its state from the pickle.
 *
 * @since 0.1.0
 */
public final class PickledObject extends PickledValue {
    private final String type;
    private Object state;

    /** Creates an object without state; the reader chooses the type's name. */
    public PickledObject(String type) {
        this.type = type;
    }

    /** Returns the type's name. */
    public String type() {
        return type;
    }

    /** Returns the argument that Python's {@code __setstate__} would receive; null if there is none. */
    public Object state() {
        return state;
    }

    /** Sets the state of the object. */
    public void build(Object given) {
        hold(given);
        state = given;
    }
}
