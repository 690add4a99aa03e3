package org.ascend4j.pickle;

import java.io.IOException;
import java.math.BigInteger;

/**
 * Reads a pickle of protocol 0 to 5: {@code None} (null), booleans, integers (Long, BigInteger), floats (Double), texts, {@code bytes} and Python 2's strings
 * (byte arrays), lists, tuples and sets ({@link PickledList}), dicts, and the values that a {@link PickleContext} resolves.
 *
 * <p>Memory use is bounded by the length of the input: every length is checked against it, and the number of steps is limited.
 *
 * @since 0.1.0
 */
public final class Unpickler {
    private static final int NEWEST_PROTOCOL = 5;
    private static final int MOST_STEPS = 1 << 21;
    private static final int LONGEST_INTEGER = 16;

    private final PickleInput in;
    private final PickleContext context;
    private final PickleStack stack = new PickleStack();

    private Unpickler(PickleInput in, PickleContext context) {
        this.in = in;
        this.context = context;
    }

    /**
     * Reads the next pickle of the input.
     *
     * @throws PickleException if the pickle is damaged, exceeds a limit, or contains something that the context does not support
     */
    public static Object read(PickleInput in, PickleContext context) throws IOException {
        return new Unpickler(in, context).run();
    }

    private Object run() throws IOException {
        for (int step = 0; step < MOST_STEPS; step++) {
            int opcode = in.unsignedByte();
            if (opcode == Opcodes.STOP) {
                return stack.pop();
            }
            if (!(tryConstant(opcode) || tryContainer(opcode) || tryReference(opcode))) {
                throw new PickleException("it holds objects (opcode " + opcode + ")");
            }
        }
        throw new PickleException("it holds more than " + MOST_STEPS + " values");
    }

    /** Executes an opcode that pushes a number or a text, or has no effect; returns whether it is one of these. */
    private boolean tryConstant(int opcode) throws IOException {
        switch (opcode) {
            case Opcodes.PROTO -> {
                int protocol = in.unsignedByte();
                if (protocol > NEWEST_PROTOCOL) {
                    throw new PickleException("it is of protocol " + protocol + ", newer than " + NEWEST_PROTOCOL);
                }
            }
            case Opcodes.FRAME -> in.require(in.unsigned(8));
            case Opcodes.NONE -> stack.push(null);
            case Opcodes.NEWTRUE -> stack.push(true);
            case Opcodes.NEWFALSE -> stack.push(false);
            case Opcodes.INT, Opcodes.LONG -> stack.push(TextValues.integer(in.line()));
            case Opcodes.BININT -> stack.push((long) (int) in.unsigned(4));
            case Opcodes.BININT1 -> stack.push(in.unsigned(1));
            case Opcodes.BININT2 -> stack.push(in.unsigned(2));
            case Opcodes.LONG1 -> stack.push(integer(in.unsignedByte()));
            case Opcodes.FLOAT -> stack.push(TextValues.real(in.line()));
            case Opcodes.BINFLOAT -> stack.push(in.bigEndianDouble());
            case Opcodes.STRING -> stack.push(TextValues.bytes(in.line()));
            case Opcodes.SHORT_BINSTRING, Opcodes.SHORT_BINBYTES -> stack.push(in.bytes(in.unsigned(1)));
            case Opcodes.BINSTRING, Opcodes.BINBYTES -> stack.push(in.bytes(in.unsigned(4)));
            case Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> stack.push(in.bytes(in.unsigned(8)));
            case Opcodes.UNICODE -> stack.push(TextValues.text(in.line()));
            case Opcodes.SHORT_BINUNICODE -> stack.push(in.utf8(in.unsigned(1)));
            case Opcodes.BINUNICODE -> stack.push(in.utf8(in.unsigned(4)));
            case Opcodes.BINUNICODE8 -> stack.push(in.utf8(in.unsigned(8)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private Number integer(int bytes) throws IOException {
        if (bytes > LONGEST_INTEGER) {
            throw new PickleException("it holds an integer of " + bytes + " bytes");
        }
        byte[] littleEndian = in.bytes(bytes);
        byte[] bigEndian = new byte[bytes + 1];
        for (int i = 0; i < bytes; i++) {
            bigEndian[bytes - i] = littleEndian[i];
        }
        bigEndian[0] = (byte) (bytes > 0 && littleEndian[bytes - 1] < 0 ? -1 : 0);
        return TextValues.narrow(new BigInteger(bigEndian));
    }

    /** Executes an opcode that creates or fills a list, tuple, set or dict; returns whether it is one of these. */
    private boolean tryContainer(int opcode) {
        switch (opcode) {
            case Opcodes.MARK -> stack.mark();
            case Opcodes.EMPTY_TUPLE, Opcodes.EMPTY_LIST, Opcodes.EMPTY_SET -> stack.push(new PickledList());
            case Opcodes.TUPLE, Opcodes.LIST -> stack.push(stack.popToMark());
            case Opcodes.TUPLE1 -> stack.push(stack.popTuple(1));
            case Opcodes.TUPLE2 -> stack.push(stack.popTuple(2));
            case Opcodes.TUPLE3 -> stack.push(stack.popTuple(3));
            case Opcodes.APPEND -> {
                Object value = stack.pop();
                list().add(value);
            }
            case Opcodes.APPENDS, Opcodes.ADDITEMS -> {
                PickledList values = stack.popToMark();
                values.items().forEach(list()::add);
            }
            case Opcodes.EMPTY_DICT -> stack.push(new PickledDict());
            case Opcodes.DICT -> {
                PickledList items = stack.popToMark();
                PickledDict dict = new PickledDict();
                putAll(dict, items);
                stack.push(dict);
            }
            case Opcodes.SETITEM -> {
                PickledList item = stack.popTuple(2);
                putAll(stack.top(PickledDict.class, "a dict"), item);
            }
            case Opcodes.SETITEMS -> {
                PickledList items = stack.popToMark();
                putAll(stack.top(PickledDict.class, "a dict"), items);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private PickledList list() {
        return stack.top(PickledList.class, "a list");
    }

    private static void putAll(PickledDict dict, PickledList items) {
        for (int i = 0; i < items.size(); i += 2) {
            dict.put(items.get(i), items.get(i + 1));
        }
    }

    /** Executes an opcode for the memo, classes or objects; returns whether it is one of these. */
    private boolean tryReference(int opcode) throws IOException {
        switch (opcode) {
            case Opcodes.POP -> stack.pop();
            case Opcodes.PUT -> stack.put(TextValues.index(in.line()));
            case Opcodes.BINPUT -> stack.put(in.unsigned(1));
            case Opcodes.LONG_BINPUT -> stack.put(in.unsigned(4));
            case Opcodes.MEMOIZE -> stack.memoize();
            case Opcodes.GET -> stack.get(TextValues.index(in.line()));
            case Opcodes.BINGET -> stack.get(in.unsigned(1));
            case Opcodes.LONG_BINGET -> stack.get(in.unsigned(4));
            case Opcodes.GLOBAL -> {
                String module = in.line();
                stack.push(context.global(module, in.line()));
            }
            case Opcodes.STACK_GLOBAL -> {
                String name = stack.pop(String.class, "text");
                stack.push(context.global(stack.pop(String.class, "text"), name));
            }
            case Opcodes.BINPERSID -> stack.push(context.persistent(stack.pop()));
            case Opcodes.REDUCE, Opcodes.NEWOBJ -> {
                PickledList arguments = stack.pop(PickledList.class, "a tuple");
                stack.push(
                        stack.pop(PickleContext.Constructor.class, "a function").call(arguments));
            }
            case Opcodes.BUILD -> {
                Object state = stack.pop();
                // Attributes of other values, such as an OrderedDict's _metadata, are ignored.
                if (stack.top() instanceof PickledObject object) {
                    object.build(state);
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
