package org.ascend4j.cli.certify;

import java.nio.file.Path;
import org.ascend4j.device.DeviceBackend;

/**
 * A device to be certified.
 *
 * @param device the device
 * @param cpu what its results are compared with
 * @param output where files may be written
 * @param steps how long the comparisons are
 * @param batch images per step
 */
public record Candidate(DeviceBackend device, DeviceBackend cpu, Path output, int steps, int batch) {}
