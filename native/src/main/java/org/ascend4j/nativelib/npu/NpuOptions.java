package org.ascend4j.nativelib.npu;

import java.util.Locale;
import org.ascend4j.nativelib.python.EmbeddedPython;

/**
 * Options for the kernels that torch_npu's wheel chooses, for the whole process.
 *
 * <p>The wheel exports no C++ functions for these options, so they are set with Python, before training. See <a
 * href="https://www.hiascend.com/document/detail/zh/Pytorch/700/apiref/apilist/ptaoplist_000610.html">set_compile_mode</a>.
 */
public final class NpuOptions {
    private NpuOptions() {}

    /** The permitted precisions of operators on fp32 tensors. */
    public enum PrecisionMode {
        /** Compute in fp16 if the chip has no fp32 kernel: the default of Ascend910A. */
        ALLOW_FP32_TO_FP16,
        /** Keep fp32: the default since Ascend910B. */
        MUST_KEEP_ORIGIN_DTYPE
    }

    /** Sets whether operators are compiled for each shape (aclop) instead of using precompiled ones (aclnn). */
    public static void setJitCompile(boolean enabled) {
        run("torch.npu.set_compile_mode(jit_compile=" + python(enabled) + ")");
    }

    /** Returns whether operators are compiled for each shape. */
    public static boolean isJitCompile() {
        return EmbeddedPython.eval("__import__('torch').npu.is_jit_compile_false()")
                .equals("False");
    }

    /** Sets whether tensors may use the NPU's private formats, with which convolutions use aclop. */
    public static void setInternalFormat(boolean allowed) {
        run("torch.npu.config.allow_internal_format = " + python(allowed));
    }

    /** Sets whether convolutions may round fp32 inputs to HF32. */
    public static void setConvolutionHf32(boolean allowed) {
        run("torch.npu.conv.allow_hf32 = " + python(allowed));
    }

    /** Returns whether convolutions may round fp32 inputs to HF32. */
    public static boolean isConvolutionHf32() {
        return EmbeddedPython.eval("__import__('torch').npu.conv.allow_hf32").equals("True");
    }

    /** Sets whether matrix products may round fp32 inputs to HF32. */
    public static void setMatmulHf32(boolean allowed) {
        run("torch.npu.matmul.allow_hf32 = " + python(allowed));
    }

    /** Returns whether matrix products may round fp32 inputs to HF32. */
    public static boolean isMatmulHf32() {
        return EmbeddedPython.eval("__import__('torch').npu.matmul.allow_hf32").equals("True");
    }

    /** Sets the permitted precisions of operators on fp32 tensors. */
    public static void setPrecisionMode(PrecisionMode mode) {
        run("torch.npu.set_option({'ACL_PRECISION_MODE': '" + mode.name().toLowerCase(Locale.ROOT) + "'})");
    }

    private static void run(String statement) {
        EmbeddedPython.run("import torch, torch_npu\n" + statement + "\n");
    }

    private static String python(boolean value) {
        return value ? "True" : "False";
    }
}
