package org.ascend4j.nativelib.nn;

import org.ascend4j.nativelib.NativeLibrary;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The maps that {@link MaxPooling}, {@link RectifiedMaps} and {@link NormalisedMaps} support; all iterate over the channels of each pixel. */
public final class ChannelsLastMaps {
    private ChannelsLastMaps() {}

    /** Returns whether the library is available and supports these maps: on the CPU, in fp32 or bf16, with the channels last. */
    public static boolean supports(Tensor maps) {
        ScalarType type = maps.scalar_type().intern();
        return maps.is_cpu()
                && (type == ScalarType.Float || type == ScalarType.BFloat16)
                && maps.is_contiguous(MemoryFormat.ChannelsLast)
                && NativeLibrary.isAvailable();
    }
}
