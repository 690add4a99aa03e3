package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ascend4j.device.DeviceBackend;
import org.junit.jupiter.api.Test;

class RunSettingsTest {
    @Test
    void takeBfloat16OnlyWhereItIsAskedForByAutoAndMultiplied() throws IOException {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        boolean bf16 =
                Files.isReadable(cpuinfo) && Files.readString(cpuinfo).matches("(?s).*\\b(avx512|amx)_bf16\\b.*");
        try (DeviceBackend cpu = TinyRun.cpu()) {
            boolean supported = cpu.precisions().size() > 1;
            assertThat(precision(cpu, "precision=auto")).isEqualTo(bf16 && supported ? "bf16" : "fp32");
            assertThat(precision(cpu, "precision=fp32")).isEqualTo("fp32");
            assertThat(precision(cpu, "precision=bf16")).isEqualTo("bf16");
        }
    }

    @Test
    void refuseAPrecisionThatNoDeviceHasChosen() {
        try (DeviceBackend cpu = TinyRun.cpu()) {
            RunSettings settings = TinyRun.settings(cpu, Path.of("run"));
            assertThatThrownBy(() -> new RunSettings(
                            TinyRun.recipe("precision=auto"),
                            8,
                            0,
                            true,
                            true,
                            true,
                            0,
                            0,
                            0,
                            settings.layout(),
                            settings.execution(),
                            settings.capture(),
                            settings.output()))
                    .hasMessage("a run expects one precision, found auto; choose by Recipe.on(device)");
        }
    }

    @Test
    void refuseRepeatedImagesInAFixedOrder() {
        try (DeviceBackend cpu = TinyRun.cpu()) {
            RunSettings settings = TinyRun.settings(cpu, Path.of("run"), "input.repeats=3");
            assertThatThrownBy(() -> settings.withShuffle(false))
                    .hasMessage(
                            "input.repeats expects shuffled images, found 3 without shuffling, which would train on the"
                                    + " first images only; set input.repeats=1");
        }
    }

    private static String precision(DeviceBackend cpu, String setting) {
        return TinyRun.settings(cpu, Path.of("run"), setting).recipe().precision();
    }
}
