package org.ascend4j.pickle;

/**
 * Resolves the values in a pickle that are not plain ones.
 *
 * @since 0.1.0
 */
public interface PickleContext {
    /** Creates a value from the arguments with which a pickle calls a class or function. */
    @FunctionalInterface
    interface Constructor {
        /** Returns the value; throws a {@link PickleException} if the arguments are invalid. */
        Object call(PickledList arguments);
    }

    /**
     * Returns the value for a class or function of Python: a {@link Constructor} if it may be called, else any value.
     *
     * @throws PickleException if it is unknown
     */
    Object global(String module, String name);

    /**
     * Returns the value for a persistent id.
     *
     * @throws PickleException if it is unknown
     */
    default Object persistent(Object id) {
        throw new PickleException("it holds a persistent object");
    }
}
