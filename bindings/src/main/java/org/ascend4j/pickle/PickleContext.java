package org.ascend4j.pickle;

/** What a pickle's reader knows beyond plain values. */
public interface PickleContext {
    /** Makes a value of the arguments that a pickle calls a class or function with. */
    @FunctionalInterface
    interface Constructor {
        /** Returns the value; a {@link PickleException} refuses the arguments. */
        Object call(PickledList arguments);
    }

    /**
     * Returns what stands for a class or function of Python: a {@link Constructor} for what may be called, else any value.
     *
     * @throws PickleException if it is not known
     */
    Object global(String module, String name);

    /**
     * Returns what a persistent id stands for.
     *
     * @throws PickleException if it is not known
     */
    default Object persistent(Object id) {
        throw new PickleException("it holds a persistent object");
    }
}
