package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebProxyTest {
    @ParameterizedTest
    @CsvSource({
        "https_proxy, http://127.0.0.1:3128, https://a.example.org/x, 3128",
        "HTTPS_PROXY, 127.0.0.1:3129, https://a.example.org/x, 3129",
        "http_proxy, http://127.0.0.1, http://a.example.org/x, 80"
    })
    void theSchemesVariableNamesTheProxy(String variable, String value, String address, int port) {
        Proxy proxy = WebProxy.of(URI.create(address), Map.of(variable, value));
        assertThat(proxy.type()).isEqualTo(Proxy.Type.HTTP);
        assertThat(((InetSocketAddress) proxy.address()).getPort()).isEqualTo(port);
        assertThat(((InetSocketAddress) proxy.address()).getHostString()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.org, true",
        "example.org, true",
        ".example.org, true",
        "*, true",
        "'b.org, example.org:443', true",
        "ample.org, false",
        "other.org, false",
        "'', false"
    })
    void noProxyExemptsHostsAndDomains(String list, boolean exempt) {
        Proxy proxy = WebProxy.of(
                URI.create("https://a.example.org/x"), Map.of("https_proxy", "http://127.0.0.1:1", "NO_PROXY", list));
        assertThat(proxy == Proxy.NO_PROXY).isEqualTo(exempt);
    }

    @Test
    void anotherSchemesProxyDoesNotCount() {
        assertThat(WebProxy.of(URI.create("http://a.example.org/x"), Map.of("https_proxy", "http://127.0.0.1:1")))
                .isEqualTo(Proxy.NO_PROXY);
    }

    @Test
    void refusesWhatIsNoAddressWithoutShowingIt() {
        assertThatThrownBy(() -> WebProxy.of(
                        URI.create("http://a.example.org/x"), Map.of("http_proxy", "http://user:secret@ bad")))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("http_proxy expects http://HOST:PORT, found a value that is no address");
    }
}
