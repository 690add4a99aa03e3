package org.ascend4j.export.onnx;

/** Writes an operator's call as ONNX nodes. */
@FunctionalInterface
interface Converter {
    /** Returns the name of the call's result. */
    String convert(Call call);
}
