package org.ascend4j.distributed;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Distinguishes failures of the connection to another rank, and expired time-outs, from all other failures, by the messages of the reporting libraries: c10d
 * throws most of them as plain runtime errors.
 */
final class LostPeer {
    private static final List<String> SIGNS = List.of(
            // The operating system's messages for a connection that broke or cannot be made, with or without text that
            // a library adds.
            "Connection (reset|refused|aborted|timed out)",
            "Broken pipe",
            "No route to host",
            "(Network|Host) is (down|unreachable)",
            // gloo's TCP transport.
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
            // HCCL: time-out, TCP and RoCE connections and transfers, network, remote error, failed retry
            // (hccl_types.h).
            "HCCL function error: .*error code is (9|1[1-4]|19|21|23)\\b",
            "SUSPECT REMOTE ERROR",
            "HCCL OP RETRY FAILED",
            // The NPU's runtime, for a collective on a stream: an internal task timed out, or a remote error is
            // suspected (rt_error_codes.h).
            "\\b(507048|507057)\\b",
            // NCCL.
            "ncclRemoteError",
            "NCCL communicator was aborted");

    private static final Pattern TELLS = Pattern.compile(String.join("|", SIGNS));

    private LostPeer() {}

    /** Returns whether a failure of a collective, or one of its causes, means that another rank does not respond. */
    static boolean tells(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause ->
                        TELLS.matcher(String.valueOf(cause.getMessage())).find());
    }
}
