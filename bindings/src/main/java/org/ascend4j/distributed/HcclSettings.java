package org.ascend4j.distributed;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * HCCL's settings for variables that the environment does not set.
 *
 * @see <a href="https://www.hiascend.com/document/detail/zh/canncommercial/80RC3/apiref/envvar/envref_07_0077.html">HCCL's environment variables</a>
 * @since 0.1.0
 */
public final class HcclSettings {
    /** The connection time-out. Ranks of a large job may start minutes apart; HCCL's own default of 120 s is too short for that. */
    private static final int CONNECT_SECONDS = 600;

    private HcclSettings() {}

    /**
     * Returns the variables with their values.
     *
     * @param timeout the maximum duration of a call
     * @param networkInterface the interface towards the other hosts; empty if there are none
     */
    public static Map<String, String> defaults(Duration timeout, String networkInterface) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("HCCL_CONNECT_TIMEOUT", Integer.toString(CONNECT_SECONDS));
        // HCCL rounds the value up to a multiple of 68 s.
        settings.put("HCCL_EXEC_TIMEOUT", Long.toString(Math.max(68, timeout.toSeconds())));
        // The hosts of a job trust each other: there is no file that lists those that may connect.
        settings.put("HCCL_WHITELIST_DISABLE", "1");
        // torch_npu's watchdog logs an error of HCCL and aborts the communicator. Its default, 1, aborts the process,
        // often before the thread that waits for the collective gets the error and can name the cause.
        settings.put("HCCL_ASYNC_ERROR_HANDLING", "2");
        if (!networkInterface.isEmpty()) {
            // HCCL's default is the first interface by name, which may not reach the other hosts. HCCL_IF_IP takes
            // precedence over this variable.
            settings.put("HCCL_SOCKET_IFNAME", "=" + networkInterface);
        }
        return settings;
    }

    /**
     * Returns whether a value of HCCL_SOCKET_IFNAME matches at least one of a host's interfaces: {@code eth,en} matches those with these prefixes,
     * {@code =eth0} exactly that one, and a leading {@code ^} all except those.
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
