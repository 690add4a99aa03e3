package org.ascend4j.state;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.ascend4j.pickle.Opcodes;
import org.bytedeco.pytorch.Tensor;

/** Writes the pickle of a torch file: an OrderedDict of tensors, each row-major in its own storage. */
final class TensorPickler {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Returns the pickle of tensors whose storages are numbered in order. */
    static byte[] pickle(Map<String, Tensor> tensors) {
        TensorPickler pickler = new TensorPickler();
        pickler.opcode(Opcodes.PROTO).opcode(2).orderedDict().opcode(Opcodes.MARK);
        int key = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            pickler.text(entry.getKey()).tensor(entry.getValue(), String.valueOf(key++));
        }
        pickler.opcode(Opcodes.SETITEMS).opcode(Opcodes.STOP);
        return pickler.out.toByteArray();
    }

    private TensorPickler tensor(Tensor tensor, String key) {
        long[] shape = HostTensors.shape(tensor);
        long[] strides = new long[shape.length];
        long elements = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = elements;
            elements *= shape[i];
        }
        global("torch._utils", "_rebuild_tensor_v2").opcode(Opcodes.MARK);
        opcode(Opcodes.MARK)
                .text("storage")
                .global("torch", ElementType.of(tensor.scalar_type()).storage());
        text(key).text("cpu").number(elements).opcode(Opcodes.TUPLE).opcode(Opcodes.BINPERSID);
        number(0).tuple(shape).tuple(strides).opcode(Opcodes.NEWFALSE).orderedDict();
        return opcode(Opcodes.TUPLE).opcode(Opcodes.REDUCE);
    }

    private TensorPickler orderedDict() {
        return global("collections", "OrderedDict").opcode(Opcodes.EMPTY_TUPLE).opcode(Opcodes.REDUCE);
    }

    private TensorPickler global(String module, String name) {
        opcode(Opcodes.GLOBAL);
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private TensorPickler text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        opcode(Opcodes.BINUNICODE).int32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    private TensorPickler tuple(long[] numbers) {
        opcode(Opcodes.MARK);
        for (long number : numbers) {
            number(number);
        }
        return opcode(Opcodes.TUPLE);
    }

    private TensorPickler number(long number) {
        if (number <= Integer.MAX_VALUE) {
            return opcode(Opcodes.BININT).int32((int) number);
        }
        byte[] bigEndian = BigInteger.valueOf(number).toByteArray();
        opcode(Opcodes.LONG1).opcode(bigEndian.length);
        for (int i = bigEndian.length - 1; i >= 0; i--) {
            out.write(bigEndian[i]);
        }
        return this;
    }

    private TensorPickler int32(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
        return this;
    }

    private TensorPickler opcode(int code) {
        out.write(code);
        return this;
    }
}
