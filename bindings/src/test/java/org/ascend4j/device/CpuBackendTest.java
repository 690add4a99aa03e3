package org.ascend4j.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ascend4j.runtime.MemoryUse;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class CpuBackendTest {
    @Test
    void seedAndStateRepeatTheSameNumbers() {
        try (DeviceBackend cpu = Devices.open(DeviceSpec.parse("cpu"));
                PointerScope scope = new PointerScope()) {
            cpu.seed(7);
            Tensor state = cpu.generatorState().clone();
            float[] first = draw();
            assertThat(draw()).isNotEqualTo(first);
            cpu.setGeneratorState(state);
            assertThat(draw()).isEqualTo(first);
            cpu.seed(7);
            assertThat(draw()).isEqualTo(first);
        }
    }

    @Test
    void reportsTheProcessMemory() {
        try (DeviceBackend cpu = Devices.open(DeviceSpec.parse("cpu"))) {
            MemoryUse memory = cpu.memory().orElseThrow();
            assertThat(memory.used()).isBetween(50L << 20, memory.peak());
            assertThat(memory.peak()).isLessThan(memory.total());
        }
    }

    @Test
    void devicesWithoutABackEndSayWhatIsMissing() {
        assertThatThrownBy(() -> Devices.open(DeviceSpec.parse("cuda:1")))
                .hasMessageStartingWith(
                        "device cuda:1 expects --torch-home or ASCEND4J_TORCH_HOME to name a Python environment");
    }

    private static float[] draw() {
        float[] values = new float[5];
        try (Tensor random = torch.rand(5)) {
            random.data_ptr_float().get(values);
        }
        return values;
    }
}
