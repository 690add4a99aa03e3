package org.ascend4j.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.ascend4j.nativelib.distributed.KeyValueStore;

/** Where the ranks of one attempt find each other: the launcher's {@link MeetingFile}, a TCPStore that rank 0 serves, or torchrun's agent. */
final class Rendezvous {
    /** What all ranks of a run know and others do not. */
    static final String SECRET = "ASCEND4J_SECRET";

    private static final int SECRET_BYTES = 16;

    private Rendezvous() {}

    /** Opens the store; every attempt after a restart has keys of its own. */
    static KeyValueStore open(Rank rank, Duration timeout, Map<String, String> environment) {
        try (KeyValueStore store = shared(rank, timeout, environment)) {
            return store.prefixed(prefix(environment));
        }
    }

    private static KeyValueStore shared(Rank rank, Duration timeout, Map<String, String> environment) {
        String file = environment.get(MeetingFile.VARIABLE);
        if (file != null) {
            return KeyValueStore.file(Path.of(file), KeyValueStore.ANY_NUMBER, timeout);
        }
        Topology topology = rank.topology();
        boolean serve = rank.isFirst() && !agentServes(environment);
        return serve
                ? KeyValueStore.serve(topology.masterAddress(), topology.masterPort(), 0, timeout)
                : KeyValueStore.connect(topology.masterAddress(), topology.masterPort(), 0, timeout);
    }

    /** Returns what the names of an attempt's keys begin with; the secret goes into it as a digest, because keys are in messages. */
    static String prefix(Map<String, String> environment) {
        String attempt = environment.getOrDefault("TORCHELASTIC_RESTART_COUNT", "0");
        String secret = environment.getOrDefault(SECRET, "");
        return "ascend4j/" + attempt + (secret.isEmpty() ? "" : "/" + digest(attempt + "/" + secret));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, SECRET_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean agentServes(Map<String, String> environment) {
        return "True".equals(environment.get("TORCHELASTIC_USE_AGENT_STORE"));
    }
}
