package org.ascend4j.runtime;

/**
 * Memory of a device or of the process, in bytes.
 *
 * @param used what is held now
 * @param peak the most that was held
 * @param total what the device has
 */
public record MemoryUse(long used, long peak, long total) {}
