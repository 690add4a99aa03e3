package org.ascend4j.distributed;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

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
}
