package org.ascend4j.state;

import org.ascend4j.pickle.PickleException;

/**
 * A storage of a torch file, or a part of one.
 *
 * @param key what the file calls the whole storage
 * @param type the type of its elements
 * @param elements how many the whole storage has
 * @param first where the part begins
 * @param count how many elements the part has
 */
record Storage(String key, ElementType type, long elements, long first, long count) {
    Storage {
        if (elements < 0 || first < 0 || count < 0 || first > elements - count) {
            throw new PickleException("it holds a storage with impossible sizes");
        }
        if (elements > Long.MAX_VALUE / type.bytes()) {
            throw new PickleException("it holds a storage of " + elements + " elements");
        }
    }

    /** Returns a whole storage. */
    static Storage whole(String key, ElementType type, long elements) {
        return new Storage(key, type, elements, 0, elements);
    }

    /** Returns the bytes of the whole storage. */
    long bytes() {
        return elements * type.bytes();
    }
}
