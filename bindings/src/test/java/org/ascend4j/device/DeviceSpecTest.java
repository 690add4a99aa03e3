package org.ascend4j.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceSpec.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceSpecTest {
    @ParameterizedTest
    @CsvSource({"cpu,CPU,0,cpu", "cuda,CUDA,0,cuda:0", "cuda:3,CUDA,3,cuda:3", "npu,NPU,0,npu:0", "npu:12,NPU,12,npu:12"
    })
    void parsesTorchNotation(String text, Kind kind, int index, String printed) {
        DeviceSpec spec = DeviceSpec.parse(text);
        assertThat(spec).isEqualTo(new DeviceSpec(kind, index));
        assertThat(spec).hasToString(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "npu:", "npu:-1", "npu:01", "NPU", "cuda:1:2", "cuda:99999", " cpu"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> DeviceSpec.parse(text))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("device expects cpu, cuda, cuda:N, npu or npu:N, found '" + text + "'");
    }

    @Test
    void refusesAnIndexedCpu() {
        assertThatThrownBy(() -> DeviceSpec.parse("cpu:1")).hasMessage("device expects plain cpu, found 'cpu:1'");
    }
}
