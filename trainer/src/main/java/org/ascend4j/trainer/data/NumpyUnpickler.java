package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads pickles of plain values and numpy arrays, from Python 2 and 3; every other class is refused before anything is made of it.
 *
 * <p>Strings of Python 2 arrive with one character a byte.
 */
final class NumpyUnpickler extends Unpickler {
    private static final IObjectConstructor ARRAY = arguments -> new NumpyArray();
    private static final Map<String, IObjectConstructor> KNOWN = Map.of(
            "numpy.core.multiarray._reconstruct",
            ARRAY,
            "numpy._core.multiarray._reconstruct",
            ARRAY,
            "numpy.ndarray",
            ARRAY,
            "numpy.dtype",
            arguments -> new NumpyType(String.valueOf(arguments[0])),
            "_codecs.encode",
            arguments -> latin1(arguments[0]),
            "__builtin__.bytes",
            arguments -> latin1(arguments.length == 0 ? "" : arguments[0]));

    /** An array as numpy pickles it: state is (version, shape, dtype, column order, bytes). */
    static final class NumpyArray {
        private Object[] state = {};

        /** Returns the bytes of a uint8 array of the given shape, or says what it is instead. */
        byte[] bytes(int rows, int columns) {
            boolean plain = state.length == 5
                    && state[1] instanceof Object[] shape
                    && shape.length == 2
                    && isNumber(shape[0], rows)
                    && isNumber(shape[1], columns)
                    && state[2] instanceof NumpyType type
                    && type.name.equals("u1")
                    && Boolean.FALSE.equals(state[3] instanceof Number flag ? flag.intValue() != 0 : state[3]);
            if (!plain) {
                throw new PickleException(
                        "an array of another type, order or shape than uint8 " + rows + "x" + columns);
            }
            byte[] bytes = latin1(state[4]);
            if (bytes.length != rows * columns) {
                throw new PickleException("an array of " + bytes.length + " bytes");
            }
            return bytes;
        }

        private static boolean isNumber(Object value, long expected) {
            return value instanceof Number number && number.longValue() == expected;
        }
    }

    private record NumpyType(String name) {}

    private static byte[] latin1(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        throw new PickleException("a value that is not bytes");
    }

    /** Reads one pickle; any damage surfaces as a PickleException. */
    Object read(InputStream content) throws IOException {
        try {
            return load(content);
        } catch (ClassCastException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | NullPointerException
                | IllegalArgumentException
                | java.util.EmptyStackException e) {
            throw new PickleException("a damaged pickle (" + e + ")", e);
        } finally {
            close();
        }
    }

    @Override
    protected Object dispatch(short opcode) throws IOException {
        switch (opcode) {
            case Opcodes.GLOBAL -> stack.add(known(PickleUtils.readline(input), PickleUtils.readline(input)));
            case Opcodes.STACK_GLOBAL -> {
                String name = String.valueOf(stack.pop());
                stack.add(known(String.valueOf(stack.pop()), name));
            }
            case Opcodes.BUILD -> build(stack.pop(), stack.peek());
            case Opcodes.INST, Opcodes.OBJ, Opcodes.NEWOBJ, Opcodes.NEWOBJ_EX, Opcodes.PERSID, Opcodes.BINPERSID ->
                throw new PickleException("an object of a class that is not numpy's");
            default -> {
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    private static IObjectConstructor known(String module, String name) {
        IObjectConstructor constructor = KNOWN.get(module + "." + name);
        if (constructor == null) {
            throw new PickleException("the class or function " + module + "." + name + ", which is not numpy's");
        }
        return constructor;
    }

    private static void build(Object state, Object target) {
        if (target instanceof NumpyArray array && state instanceof Object[] values) {
            array.state = values;
        } else if (!(target instanceof NumpyType)) {
            throw new PickleException("state for something that is not a numpy array");
        }
    }
}
