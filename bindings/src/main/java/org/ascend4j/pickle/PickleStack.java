package org.ascend4j.pickle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.Printable;

/** The stack of a pickle machine, with its marks and the memo. */
final class PickleStack {
    private final List<Object> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();

    void push(Object value) {
        values.add(value);
    }

    void mark() {
        marks.add(values.size());
    }

    Object pop() {
        requireValue();
        return values.remove(values.size() - 1);
    }

    Object top() {
        requireValue();
        return values.get(values.size() - 1);
    }

    /** Returns the topmost value, which must be of the given class. */
    <T> T top(Class<T> type, String what) {
        if (type.isInstance(top())) {
            return type.cast(top());
        }
        throw new PickleException("it holds " + PickledValue.kind(top()) + " in place of " + what);
    }

    /** Removes the topmost value, which must be of the given class. */
    <T> T pop(Class<T> type, String what) {
        T value = top(type, what);
        pop();
        return value;
    }

    /** Removes the topmost {@code count} values as a tuple. */
    PickledList popTuple(int count) {
        if (values.size() - count < bottom()) {
            throw damaged();
        }
        return cut(values.size() - count);
    }

    /** Removes the values since the last mark, and the mark. */
    PickledList popToMark() {
        if (marks.isEmpty()) {
            throw damaged();
        }
        return cut(marks.remove(marks.size() - 1));
    }

    private PickledList cut(int from) {
        List<Object> top = values.subList(from, values.size());
        PickledList cut = PickledList.of(top);
        top.clear();
        return cut;
    }

    void put(long index) {
        memo.put(index, top());
    }

    void memoize() {
        put(memo.size());
    }

    void get(long index) {
        if (!memo.containsKey(index)) {
            throw new PickleException("it refers to the value " + Printable.of(index) + ", which it does not hold");
        }
        push(memo.get(index));
    }

    private void requireValue() {
        if (values.size() <= bottom()) {
            throw damaged();
        }
    }

    private int bottom() {
        return marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
    }

    private static PickleException damaged() {
        return new PickleException("it is damaged: a value is missing");
    }
}
