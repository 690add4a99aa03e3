package org.ascend4j.trainer.data;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.ascend4j.Ascend4jException;

/** The proxy that the environment configures for an address, as for curl and pip: {@code https_proxy}, {@code http_proxy} and {@code no_proxy}. */
final class WebProxy {
    private static final int HTTP_PORT = 80;

    private WebProxy() {}

    /** Returns the proxy for {@code address}; lower-case variables take precedence over upper-case ones. */
    static Proxy of(URI address, Map<String, String> environment) {
        String name = address.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
        String proxy = value(environment, name);
        if (proxy.isEmpty() || isExempt(address.getHost(), value(environment, "no_proxy"))) {
            return Proxy.NO_PROXY;
        }
        try {
            URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            if (uri.getHost() != null) {
                int port = uri.getPort() < 0 ? HTTP_PORT : uri.getPort();
                return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port));
            }
        } catch (IllegalArgumentException e) {
            throw new Ascend4jException(name + " expects http://HOST:PORT, found a value that is no address", e);
        }
        throw new Ascend4jException(name + " expects http://HOST:PORT, found a value without a host");
    }

    private static String value(Map<String, String> environment, String name) {
        return environment
                .getOrDefault(name, environment.getOrDefault(name.toUpperCase(Locale.ROOT), ""))
                .strip();
    }

    /** Returns whether a host or one of its parent domains is in a list such as {@code localhost,.example.org}. */
    private static boolean isExempt(String host, String list) {
        return Arrays.stream(list.split(","))
                .map(entry -> entry.strip().replaceFirst("^\\*?\\.", "").replaceFirst(":[0-9]+$", ""))
                .filter(entry -> !entry.isEmpty())
                .anyMatch(entry -> entry.equals("*")
                        || host.equalsIgnoreCase(entry)
                        || host.toLowerCase(Locale.ROOT).endsWith("." + entry.toLowerCase(Locale.ROOT)));
    }
}
