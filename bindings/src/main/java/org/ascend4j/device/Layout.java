package org.ascend4j.device;

/**
 * The memory format of image tensors: torch's contiguous (NCHW) or channels_last (NHWC).
 *
 * @since 0.1.0
 */
public enum Layout {
    CONTIGUOUS,
    CHANNELS_LAST
}
