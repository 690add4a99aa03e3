package org.ascend4j.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names that wrappers of modules have put before those of a model. */
final class StateNames {
    /** DataParallel's and DistributedDataParallel's, and {@code torch.compile}'s. */
    private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.");

    /** What torch's AveragedModel counts, beside the model. */
    private static final String AVERAGED = "n_averaged";

    private StateNames() {}

    /** Returns the values under the names of the model itself. */
    static <T> Map<String, T> withoutWrappers(Map<String, T> named) {
        Map<String, T> inner = named;
        if (named.containsKey(AVERAGED)) {
            Map<String, T> averaged = new LinkedHashMap<>(named);
            averaged.remove(AVERAGED);
            inner = withoutPrefix(averaged, WRAPPERS.get(0)) == averaged ? named : averaged;
        }
        for (Map<String, T> before = null; before != inner; ) {
            before = inner;
            for (String wrapper : WRAPPERS) {
                inner = withoutPrefix(inner, wrapper);
            }
        }
        return inner;
    }

    /** Returns the values without a prefix that all names have; the map itself where one has it not. */
    static <T> Map<String, T> withoutPrefix(Map<String, T> named, String prefix) {
        if (named.isEmpty() || !named.keySet().stream().allMatch(name -> name.startsWith(prefix))) {
            return named;
        }
        Map<String, T> inner = new LinkedHashMap<>();
        named.forEach((name, value) -> inner.put(name.substring(prefix.length()), value));
        return inner;
    }
}
