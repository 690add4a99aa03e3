package org.ascend4j.device;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ascend4j.Ascend4jException;
import org.ascend4j.runtime.TorchHome;
import org.junit.jupiter.api.Test;

class WheelStartTest {
    /** pip cannot resolve torch_npu's requirement torch==2.7.1+cpu on x86_64. */
    @Test
    void theAdviceToInstallTorchNpuLeavesItsDependenciesOut() {
        TorchHome home = new TorchHome("/env/bin/python3", "3.11.2", null, "2.7.1", "/torch", null, null);
        assertThatThrownBy(() -> new WheelStart(home, DeviceConfig.DEFAULT).start(0))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageEndingWith(
                        "found none; run: /env/bin/python3 -m pip install --no-deps torch_npu==2.7.1.post2"
                                + " && /env/bin/python3 -m pip install numpy pyyaml decorator");
    }
}
