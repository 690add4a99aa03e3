package org.ascend4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceSpec;

/** Counts the devices of this host without starting one. */
final class DeviceCount {
    private DeviceCount() {}

    static int of(DeviceSpec.Kind kind, Map<String, String> environment) {
        return switch (kind) {
            case CPU -> Runtime.getRuntime().availableProcessors();
            case NPU -> cards(environment, "ASCEND_RT_VISIBLE_DEVICES", "davinci");
            case CUDA -> cards(environment, "CUDA_VISIBLE_DEVICES", "nvidia");
        };
    }

    private static int cards(Map<String, String> environment, String variable, String deviceFile) {
        String visible = environment.get(variable);
        if (visible != null && !visible.isBlank()) {
            return visible.split(",").length;
        }
        try (Stream<Path> files = Files.list(Path.of("/dev"))) {
            int cards = (int) files.filter(file -> file.getFileName().toString().matches(deviceFile + "[0-9]+"))
                    .count();
            if (cards > 0) {
                return cards;
            }
        } catch (IOException e) {
            // Treated as no devices.
        }
        throw new Ascend4jException("--nproc auto expects /dev/" + deviceFile + "0, ..., one for each card, or them in "
                + variable + ", found none; set --nproc N");
    }
}
