package org.ascend4j.distributed;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells failures of the way to another rank, and waits that took too long, from all others, by the words of who reports them: c10d throws most of them as plain
 * runtime errors.
 */
final class LostPeer {
    private static final List<String> SIGNS = List.of(
            // The system's words for a connection that broke or cannot be made, with or without a library's around
            // them.
            "Connection (reset|refused|aborted|timed out)",
            "Broken pipe",
            "No route to host",
            "(Network|Host) is (down|unreachable)",
            // gloo's transport by TCP.
            "Connection closed by peer",
            "Socket (unexpectedly )?closed",
            "Pair is not connected",
            "(Connect|Read|Write) timeout",
            "transport/tcp/.*(Read error|writev)",
            "Timed out waiting \\d+ms for (recv|send) operation",
            "Application timeout caused pair closure",
            // c10d itself.
            "Wait timeout",
            "wait timeout after",
            "Operation timed out",
            "Socket Timeout",
            "Watchdog caught collective operation timeout",
            "timed out in blocking wait",
            // HCCL: time-out, TCP and RoCE connections and transfers, network, remote error, failed repetition
            // (hccl_types.h).
            "HCCL function error: .*error code is (9|1[1-4]|19|21|23)\\b",
            "SUSPECT REMOTE ERROR",
            "HCCL OP RETRY FAILED",
            // The NPU's runtime, of a collective on a stream: an internal task timed out, suspected remote error
            // (rt_error_codes.h).
            "\\b(507048|507057)\\b",
            // NCCL.
            "ncclRemoteError",
            "NCCL communicator was aborted");

    private static final Pattern TELLS = Pattern.compile(String.join("|", SIGNS));

    private LostPeer() {}

    /** Returns whether a failure of a collective, or one of its causes, means that another rank does not answer. */
    static boolean tells(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause ->
                        TELLS.matcher(String.valueOf(cause.getMessage())).find());
    }
}
