package org.ascend4j.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads the pickle of a torch file: dicts, lists, numbers, text, and tensors as descriptions of where they lie. It knows the few globals that these need and
 * refuses every other, so that nothing in a file can run code.
 */
final class PickledTensors extends Unpickler {
    /**
     * A storage by its record.
     *
     * @param key the record's name under data/
     * @param type the type of its elements
     * @param elements how many it has
     */
    record Storage(String key, ElementType type, long elements) {}

    /** A tensor as a strided view of a storage, counted in elements. */
    record StridedTensor(Storage storage, long offset, long[] shape, long[] strides) {}

    private static final Map<String, IObjectConstructor> GLOBALS = Map.of(
            "collections.OrderedDict", arguments -> new LinkedHashMap<>(),
            "torch._utils._rebuild_tensor_v2", PickledTensors::tensor,
            "torch._utils._rebuild_parameter", arguments -> arguments[0],
            "torch._utils._rebuild_parameter_with_state", arguments -> arguments[0],
            "torch.Size", arguments -> arguments[0]);

    /** What torch.save writes in protocols 2 to 4, as in torch's own weights_only reader. */
    private static final Set<Short> OPCODES = Set.of(
            Opcodes.PROTO,
            Opcodes.FRAME,
            Opcodes.STOP,
            Opcodes.MARK,
            Opcodes.NONE,
            Opcodes.NEWTRUE,
            Opcodes.NEWFALSE,
            Opcodes.BININT,
            Opcodes.BININT1,
            Opcodes.BININT2,
            Opcodes.LONG1,
            Opcodes.BINFLOAT,
            Opcodes.BINUNICODE,
            Opcodes.SHORT_BINUNICODE,
            Opcodes.SHORT_BINSTRING,
            Opcodes.EMPTY_TUPLE,
            Opcodes.TUPLE,
            Opcodes.TUPLE1,
            Opcodes.TUPLE2,
            Opcodes.TUPLE3,
            Opcodes.EMPTY_LIST,
            Opcodes.APPEND,
            Opcodes.APPENDS,
            Opcodes.EMPTY_DICT,
            Opcodes.SETITEM,
            Opcodes.SETITEMS,
            Opcodes.EMPTY_SET,
            Opcodes.ADDITEMS,
            Opcodes.BINGET,
            Opcodes.LONG_BINGET,
            Opcodes.BINPUT,
            Opcodes.LONG_BINPUT,
            Opcodes.MEMOIZE,
            Opcodes.GLOBAL,
            Opcodes.STACK_GLOBAL,
            Opcodes.REDUCE,
            Opcodes.BUILD,
            Opcodes.BINPERSID);

    @Override
    protected Object dispatch(short opcode) throws IOException {
        if (!OPCODES.contains(opcode)) {
            throw new PickleException("it holds objects (opcode " + opcode + ")");
        }
        switch (opcode) {
            case Opcodes.GLOBAL -> {
                String module = PickleUtils.readline(input);
                stack.add(global(module, PickleUtils.readline(input)));
            }
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(global((String) stack.pop(), name));
            }
            case Opcodes.BINUNICODE -> {
                // The library would allocate whatever length it is told.
                int length = PickleUtils.bytes_to_integer(PickleUtils.readbytes(input, Integer.BYTES));
                if (length < 0 || length > input.available()) {
                    throw new PickleException("a text reaches beyond the end");
                }
                stack.add(new String(PickleUtils.readbytes(input, length), StandardCharsets.UTF_8));
            }
            case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                setItems(Arrays.asList(stack.pop(), value));
            }
            case Opcodes.SETITEMS -> setItems(stack.pop_all_since_marker());
            // The state of an object, such as an OrderedDict's _metadata, says nothing about tensors.
            case Opcodes.BUILD -> stack.pop();
            default -> {
                return super.dispatch(opcode);
            }
        }
        return NO_RETURN_VALUE;
    }

    /** Sets a dict's items in their order, which the library's own reading loses. */
    private void setItems(List<Object> items) {
        @SuppressWarnings("unchecked")
        Map<Object, Object> dict = (Map<Object, Object>) stack.peek();
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            if (!(key instanceof String || key instanceof Number)) {
                throw new PickleException("a dict expects text or numbers as keys");
            }
            dict.put(key, items.get(i + 1));
        }
    }

    private static Object global(String module, String name) {
        IObjectConstructor known = GLOBALS.get(module + "." + name);
        if (known != null) {
            return known;
        }
        if (module.equals("torch") && ElementType.ofStorage(name).isPresent()) {
            return ElementType.ofStorage(name).get();
        }
        throw new PickleException("it holds " + module + "." + name);
    }

    /** Resolves ('storage', type, key, location, elements). */
    @Override
    protected Object persistentLoad(Object id) {
        Object[] fields = (Object[]) id;
        if (fields.length != 5 || !"storage".equals(fields[0])) {
            throw new PickleException("it holds a persistent object other than a storage");
        }
        return new Storage((String) fields[2], (ElementType) fields[1], ((Number) fields[4]).longValue());
    }

    /** Rebuilds (storage, offset, shape, strides, requires_grad, hooks). */
    private static Object tensor(Object[] arguments) {
        StridedTensor tensor = new StridedTensor(
                (Storage) arguments[0],
                ((Number) arguments[1]).longValue(),
                numbers(arguments[2]),
                numbers(arguments[3]));
        if (!fits(tensor)) {
            throw new PickleException("a tensor reaches beyond its storage");
        }
        return tensor;
    }

    private static boolean fits(StridedTensor tensor) {
        if (tensor.offset < 0 || tensor.shape.length != tensor.strides.length) {
            return false;
        }
        long last = tensor.offset;
        long elements = 1;
        try {
            for (int i = 0; i < tensor.shape.length; i++) {
                if (tensor.shape[i] < 0 || tensor.strides[i] < 0) {
                    return false;
                }
                elements = Math.multiplyExact(elements, tensor.shape[i]);
                last = Math.addExact(last, Math.multiplyExact(tensor.shape[i] - 1, tensor.strides[i]));
            }
        } catch (ArithmeticException e) {
            return false;
        }
        return elements == 0 || last < tensor.storage.elements;
    }

    private static long[] numbers(Object tuple) {
        Object[] items = (Object[]) tuple;
        long[] numbers = new long[items.length];
        for (int i = 0; i < items.length; i++) {
            numbers[i] = ((Number) items[i]).longValue();
        }
        return numbers;
    }
}
