package org.ascend4j.pickle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A list, tuple or set of Python, in the order of the file.
 *
 * @since 0.1.0
 */
public final class PickledList extends PickledValue {
    private static final int LONGEST_TEXT = 256;

    private final List<Object> items = new ArrayList<>(0);

    /** Returns a list of the given values. */
    public static PickledList of(List<?> values) {
        PickledList list = new PickledList();
        values.forEach(list::add);
        return list;
    }

    void add(Object value) {
        hold(value);
        items.add(value);
    }

    /** Returns the values as an unmodifiable list. */
    public List<Object> items() {
        return Collections.unmodifiableList(items);
    }

    /** Returns the number of values. */
    public int size() {
        return items.size();
    }

    /** Returns a value. */
    public Object get(int index) {
        if (index >= items.size()) {
            throw new PickleException("it holds too few values in a list: " + items.size());
        }
        return items.get(index);
    }

    /** Returns an integer of at most 64 bits. */
    public long integer(int index) {
        if (get(index) instanceof Long number) {
            return number;
        }
        throw unexpected("an integer", index);
    }

    /** Returns a text of at most 256 characters, also one that Python 2 wrote as bytes. */
    public String text(int index) {
        if (get(index) instanceof String text && text.length() <= LONGEST_TEXT) {
            return text;
        } else if (get(index) instanceof byte[] bytes && bytes.length <= LONGEST_TEXT) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        throw unexpected("a short text", index);
    }

    /** Returns a list. */
    public PickledList list(int index) {
        if (get(index) instanceof PickledList list) {
            return list;
        }
        throw unexpected("a list", index);
    }

    /** Returns a value, which must be of the given class. */
    public <T> T value(int index, Class<T> type, String what) {
        if (type.isInstance(get(index))) {
            return type.cast(get(index));
        }
        throw unexpected(what, index);
    }

    /** Returns all values as integers; throws an error if there are more than {@code most}. */
    public long[] integers(int most) {
        if (items.size() > most) {
            throw new PickleException("it holds " + items.size() + " numbers in place of at most " + most);
        }
        long[] integers = new long[items.size()];
        for (int i = 0; i < integers.length; i++) {
            integers[i] = integer(i);
        }
        return integers;
    }

    private PickleException unexpected(String expected, int index) {
        return new PickleException("it holds " + kind(items.get(index)) + " in place of " + expected);
    }
}
