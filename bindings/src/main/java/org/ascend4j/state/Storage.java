package org.ascend4j.state;

import org.ascend4j.pickle.PickleException;

/**
 * A storage of a torch file, or a part of one.
 *
 * @param key the name of the whole storage in the file
 * @param type the type of its elements
 * @param elements the number of elements of the whole storage
 * @param first the first element of the part
 * @param count the number of elements of the part
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
