package org.ascend4j.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Removes the prefixes that module wrappers add to the names of a model. */
final class StateNames {
    /** The prefixes of DataParallel and DistributedDataParallel, and of {@code torch.compile}. */
    private static final List<String> WRAPPERS = List.of("module.", "_orig_mod.");

    /** The counter that torch's AveragedModel keeps in addition to the model. */
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

    /** Returns the values without a prefix that all names share, or the map itself if one name lacks it. */
    static <T> Map<String, T> withoutPrefix(Map<String, T> named, String prefix) {
        if (named.isEmpty() || !named.keySet().stream().allMatch(name -> name.startsWith(prefix))) {
            return named;
        }
        Map<String, T> inner = new LinkedHashMap<>();
        named.forEach((name, value) -> inner.put(name.substring(prefix.length()), value));
        return inner;
    }
}
