package org.ascend4j.pickle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.ascend4j.pickle.PickleContext.Constructor;

/**
 * numpy's arrays and element types in the pickles of numpy 1 and 2 under Python 2 and 3.
 *
 * @since 0.1.0
 */
public final class NumpyValues {
    private static final String ARRAY = "array";
    private static final String TYPE = "dtype:";
    private static final Map<String, Constructor> KNOWN = Map.of(
            "multiarray._reconstruct", arguments -> new PickledObject(ARRAY),
            "multiarray.scalar", arguments -> new PickledObject("scalar"),
            "numeric._frombuffer", NumpyValues::fromBuffer);

    private NumpyValues() {}

    /** Returns the constructor for a class or function of numpy, or of Python's own that numpy's pickles use; empty if it is unknown. */
    public static Optional<Constructor> find(String module, String name) {
        Constructor found =
                switch (module + "." + name) {
                    case "numpy.ndarray" -> arguments -> new PickledObject(ARRAY);
                    case "numpy.dtype" -> arguments -> new PickledObject(TYPE + arguments.text(0));
                    // Bytes of Python 3 in protocols 0 to 2: a text with one character per byte, or empty.
                    case "_codecs.encode" -> arguments -> arguments.get(0);
                    case "__builtin__.bytes", "builtins.bytes" ->
                        arguments -> arguments.size() == 0 ? "" : arguments.get(0);
                    default -> KNOWN.get((module + "." + name).replaceFirst("^numpy\\._?core\\.", ""));
                };
        return Optional.ofNullable(found);
    }

    /**
     * Returns the bytes of an array of uint8 in row-major order.
     *
     * @throws PickleException if the value is not such an array or has another shape
     */
    public static byte[] uint8(Object value, long... shape) {
        if (!(value instanceof PickledObject array
                && array.type().equals(ARRAY)
                && array.state() instanceof PickledList state
                && state.size() == 5)) {
            throw new PickleException("it holds " + PickledValue.kind(value) + " in place of an array");
        }
        boolean columnOrder =
                !(Boolean.FALSE.equals(state.get(3)) || Long.valueOf(0).equals(state.get(3)));
        if (!Arrays.equals(state.list(1).integers(shape.length), shape)
                || !(state.get(2) instanceof PickledObject type && type.type().equals(TYPE + "u1"))
                || columnOrder) {
            throw new PickleException("it holds an array of another type, order or shape than uint8 "
                    + Arrays.toString(shape).replace(", ", "x"));
        }
        byte[] bytes = latin1(state.get(4));
        if (bytes.length != Arrays.stream(shape).reduce(1, Math::multiplyExact)) {
            throw new PickleException("it holds an array of " + bytes.length + " bytes");
        }
        return bytes;
    }

    /** Rebuilds an array from the arguments that protocol 5 writes: (bytes, type, shape, order). */
    private static PickledObject fromBuffer(PickledList arguments) {
        PickledObject array = new PickledObject(ARRAY);
        boolean columnOrder = !arguments.text(3).equals("C");
        array.build(
                PickledList.of(Arrays.asList(1L, arguments.list(2), arguments.get(1), columnOrder, arguments.get(0))));
        return array;
    }

    private static byte[] latin1(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        } else if (value instanceof String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        throw new PickleException("it holds " + PickledValue.kind(value) + " in place of bytes");
    }
}
