package org.ascend4j.pickle;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ascend4j.Printable;

/**
 * A dict of Python, in the order of the file.
 *
 * @since 0.1.0
 */
public final class PickledDict extends PickledValue {
    /** The maximum length in bytes of a key of Python 2; each use of such a key creates a text. */
    private static final int LONGEST_KEY = 256;

    private final Map<Object, Object> entries = new LinkedHashMap<>();

    /** Adds an entry; keys must be texts or numbers, and unique. */
    public void put(Object key, Object value) {
        Object plain = key instanceof byte[] bytes && bytes.length <= LONGEST_KEY
                ? new String(bytes, StandardCharsets.UTF_8)
                : key;
        if (!(plain instanceof String
                || plain instanceof Long
                || plain instanceof Double
                || plain instanceof Boolean)) {
            throw new PickleException("it holds a dict with " + kind(key) + " as a key");
        }
        hold(value);
        if (entries.containsKey(plain)) {
            throw new PickleException("it holds the key " + Printable.of(plain) + " twice");
        }
        entries.put(plain, value);
    }

    /** Returns the value of a key; null if there is none. */
    public Object get(String key) {
        return entries.get(key);
    }

    /** Returns all entries as an unmodifiable map; keys that were bytes are converted to texts. */
    public Map<Object, Object> entries() {
        return Collections.unmodifiableMap(entries);
    }
}
