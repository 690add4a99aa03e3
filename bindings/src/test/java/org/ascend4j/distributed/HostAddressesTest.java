package org.ascend4j.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class HostAddressesTest {
    @Test
    void node0ListensWhereTheOthersKnowIt() throws IOException {
        assertThat(HostAddresses.listening("127.0.0.1")).contains(InetAddress.getByName("127.0.0.1"));
        assertThat(HostAddresses.listening("localhost")).get().matches(InetAddress::isLoopbackAddress);
        // An address of the network for documentation, which no host has; and a name that cannot be resolved.
        assertThat(HostAddresses.listening("192.0.2.1")).isEmpty();
        assertThat(HostAddresses.listening("nowhere.invalid")).isEmpty();
    }

    @Test
    void theNameIsTheKernels() throws IOException {
        Process uname = new ProcessBuilder("uname", "-n").start();
        assertThat(HostAddresses.name())
                .isEqualTo(new String(uname.getInputStream().readAllBytes(), UTF_8).strip());
    }
}
