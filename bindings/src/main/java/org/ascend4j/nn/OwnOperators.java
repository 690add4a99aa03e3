package org.ascend4j.nn;

import org.ascend4j.nativelib.NativeLibrary;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The operators of our own library that walk over the channels of pixels. */
final class OwnOperators {
    private OwnOperators() {}

    /** Says whether the library is there and takes these maps: on a processor, in fp32 or bf16, with the channels last. */
    static boolean take(Tensor maps) {
        ScalarType type = maps.scalar_type().intern();
        return maps.is_cpu()
                && (type == ScalarType.Float || type == ScalarType.BFloat16)
                && maps.is_contiguous(MemoryFormat.ChannelsLast)
                && NativeLibrary.isAvailable();
    }
}
