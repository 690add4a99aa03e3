package org.ascend4j.runtime;

/**
 * Memory of a device or of the process, in bytes.
 *
 * @param used the bytes in use now
 * @param peak the maximum use so far
 * @param total the device's memory
 * @since 0.1.0
 */
public record MemoryUse(long used, long peak, long total) {}
