package org.ascend4j.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
    @Test
    void theNameIsTheKernels() throws IOException {
        Process uname = new ProcessBuilder("uname", "-n").start();
        assertThat(HostAddresses.name())
                .isEqualTo(new String(uname.getInputStream().readAllBytes(), UTF_8).strip());
    }
}
