package org.ascend4j.distributed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ascend4j.Ascend4jException;

/**
 * Names, addresses and ports of this host.
 *
 * @since 0.1.0
 */
public final class HostAddresses {
    private static final Path KERNELS_NAME = Path.of("/proc/sys/kernel/hostname");

    private HostAddresses() {}

    /** Returns the addresses of all of this host's interfaces. */
    public static Set<String> own() {
        try {
            return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.toSet());
        } catch (SocketException e) {
            return Set.of();
        }
    }

    /** Returns the names of all interfaces. */
    public static List<String> interfaces() {
        try {
            return NetworkInterface.networkInterfaces()
                    .map(NetworkInterface::getName)
                    .toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /** Returns the name of this host. On Linux this needs no network lookup, which may be slow: the name of a failing host must be reported in time. */
    public static String name() {
        try {
            return Files.readString(KERNELS_NAME).strip();
        } catch (IOException e) {
            return resolvedName();
        }
    }

    private static String resolvedName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an unnamed host";
        }
    }

    /** Returns a port that is currently unused. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    /**
     * Returns the address on which node 0 listens for the other nodes: the address by which they reach it, if it belongs to this host. Empty, for all
     * interfaces, if that address cannot be determined: it may be a load balancer's, or the name may be that of this host and resolve to its loopback interface
     * (Debian's 127.0.1.1).
     *
     * @param host the name or address of node 0
     */
    static Optional<InetAddress> listening(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            boolean own = NetworkInterface.getByInetAddress(address) != null;
            boolean meant =
                    !address.isLoopbackAddress() || host.equals("localhost") || host.equals(address.getHostAddress());
            return own && meant ? Optional.of(address) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the interface through which this host reaches another host, or itself. */
    static String interfaceTowards(String host) {
        // Connecting a datagram socket sends no packet; it only looks up the route.
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), Topology.DEFAULT_PORT));
            NetworkInterface found = NetworkInterface.getByInetAddress(socket.getLocalAddress());
            return found == null ? "" : found.getName();
        } catch (UnknownHostException e) {
            throw new Ascend4jException(
                    "the address of node 0 expects a name that this host can resolve, found '" + host
                            + "'; set --master-addr or MASTER_ADDR to its IP address",
                    e);
        } catch (SocketException | RuntimeException e) {
            return "";
        }
    }
}
