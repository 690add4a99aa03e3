package org.ascend4j.device;

/** The memory format of image tensors: torch's contiguous (NCHW) or channels_last (NHWC). */
public enum Layout {
    CONTIGUOUS,
    CHANNELS_LAST
}
