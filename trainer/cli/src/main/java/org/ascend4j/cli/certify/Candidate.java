package org.ascend4j.cli.certify;

import java.nio.file.Path;
import org.ascend4j.device.DeviceBackend;

/**
 * A device to certify.
 *
 * @param device the device
 * @param cpu the CPU, whose results are the reference
 * @param output the folder for files
 * @param steps number of steps of the comparisons
 * @param batch images per step
 */
public record Candidate(DeviceBackend device, DeviceBackend cpu, Path output, int steps, int batch) {}
