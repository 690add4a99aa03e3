package org.ascend4j.distributed;

import java.time.Duration;
import java.util.Map;
import org.ascend4j.nativelib.distributed.KeyValueStore;

/** Where the ranks of one attempt find each other: a TCPStore that rank 0 serves, or torchrun's agent. */
final class Rendezvous {
    private Rendezvous() {}

    /** Opens the store; every attempt after a restart has keys of its own. */
    static KeyValueStore open(Rank rank, Duration timeout, Map<String, String> environment) {
        Topology topology = rank.topology();
        boolean serve = rank.isFirst() && !agentServes(environment);
        try (KeyValueStore store = serve
                ? KeyValueStore.serve(topology.masterAddress(), topology.masterPort(), 0, timeout)
                : KeyValueStore.connect(topology.masterAddress(), topology.masterPort(), 0, timeout)) {
            return store.prefixed("ascend4j/" + environment.getOrDefault("TORCHELASTIC_RESTART_COUNT", "0"));
        }
    }

    private static boolean agentServes(Map<String, String> environment) {
        return "True".equals(environment.get("TORCHELASTIC_USE_AGENT_STORE"));
    }
}
