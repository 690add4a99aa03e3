package org.ascend4j.state;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The element types that the file formats support, with their names in each format. */
enum ElementType {
    F64(ScalarType.Double, 8, "DoubleStorage", "float64"),
    F32(ScalarType.Float, 4, "FloatStorage", "float32"),
    F16(ScalarType.Half, 2, "HalfStorage", "float16"),
    BF16(ScalarType.BFloat16, 2, "BFloat16Storage", "bfloat16"),
    I64(ScalarType.Long, 8, "LongStorage", "int64"),
    I32(ScalarType.Int, 4, "IntStorage", "int32"),
    I16(ScalarType.Short, 2, "ShortStorage", "int16"),
    I8(ScalarType.Char, 1, "CharStorage", "int8"),
    U8(ScalarType.Byte, 1, "ByteStorage", "uint8"),
    BOOL(ScalarType.Bool, 1, "BoolStorage", "bool");

    private final ScalarType scalarType;
    private final int bytes;
    private final String storage;
    private final String python;

    ElementType(ScalarType scalarType, int bytes, String storage, String python) {
        this.scalarType = scalarType;
        this.bytes = bytes;
        this.storage = storage;
        this.python = python;
    }

    ScalarType scalarType() {
        return scalarType;
    }

    int bytes() {
        return bytes;
    }

    /** Returns the class name of its storage in Python's torch. */
    String storage() {
        return storage;
    }

    /** Returns the type with a safetensors name. */
    static Optional<ElementType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Returns the type with a name in Python's torch, its own or that of its storage's class. */
    static Optional<ElementType> inPython(String name) {
        return Arrays.stream(values())
                .filter(type -> type.storage.equals(name) || type.python.equals(name))
                .findFirst();
    }

    /** Returns the type of a tensor's elements. */
    static ElementType of(ScalarType scalarType) {
        return Arrays.stream(values())
                .filter(type -> type.scalarType == scalarType.intern())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("state files cannot hold " + scalarType.intern()));
    }
}
