package org.ascend4j.distributed;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What HCCL is told where the environment says nothing.
 *
 * @see <a href="https://www.hiascend.com/document/detail/zh/canncommercial/80RC3/apiref/envvar/envref_07_0077.html">HCCL's environment variables</a>
 */
public final class HcclSettings {
    /** Ranks of a large job start minutes apart; HCCL's own default of 120 s is too short for them. */
    private static final int CONNECT_SECONDS = 600;

    private HcclSettings() {}

    /**
     * Returns variables and their values.
     *
     * @param timeout how long a call may last
     * @param networkInterface the one that leads to the other hosts; empty where there are none
     */
    public static Map<String, String> defaults(Duration timeout, String networkInterface) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("HCCL_CONNECT_TIMEOUT", Integer.toString(CONNECT_SECONDS));
        // HCCL rounds it up to a multiple of 68 s.
        settings.put("HCCL_EXEC_TIMEOUT", Long.toString(Math.max(68, timeout.toSeconds())));
        // The hosts of a job are its own: no file lists those that may connect.
        settings.put("HCCL_WHITELIST_DISABLE", "1");
        if (!networkInterface.isEmpty()) {
            // HCCL's own choice is the first by name, which may lead nowhere. HCCL_IF_IP comes before it.
            settings.put("HCCL_SOCKET_IFNAME", "=" + networkInterface);
        }
        return settings;
    }

    /**
     * Returns whether a value of HCCL_SOCKET_IFNAME leaves one of a host's interfaces: {@code eth,en} those that begin so, {@code =eth0} that one, and a
     * {@code ^} before either all but them.
     */
    public static boolean leaves(String value, Collection<String> interfaces) {
        boolean except = value.startsWith("^");
        String names = except ? value.substring(1) : value;
        boolean whole = names.startsWith("=");
        List<String> listed = List.of((whole ? names.substring(1) : names).split(","));
        Predicate<String> named = name -> listed.stream().anyMatch(whole ? name::equals : name::startsWith);
        return interfaces.stream().anyMatch(except ? named.negate() : named);
    }
}
