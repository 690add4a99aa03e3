package org.ascend4j.distributed;

import java.util.Map;
import java.util.Set;
import org.ascend4j.Ascend4jException;
import org.ascend4j.distributed.Claims.Quantity;

/**
 * Determines the placement of a run's ranks from options and from the variables or files of torchrun, ModelArts, MindCluster or a rank table.
 *
 * @since 0.1.0
 */
public final class Placements {
    private Placements() {}

    /**
     * Determines the role of a process.
     *
     * @param environment the environment variables of the process
     * @param ownAddresses this host's addresses, by which it is found in a rank table
     * @param accelerated whether ranks compute on devices that platforms count and rank tables list, not on the CPU
     */
    public static Placement resolve(
            ParallelOptions options, Map<String, String> environment, Set<String> ownAddresses, boolean accelerated) {
        Claims claims = new Claims();
        options.read(claims);
        Torchrun.read(environment, claims);
        ModelArts.read(environment, accelerated, claims);
        if (accelerated) {
            RankTable.read(environment, ownAddresses, claims);
        }
        return claims.has(Quantity.LOCAL_RANK) ? rank(claims) : node(claims);
    }

    /** Resolves a process that is one of the ranks. */
    private static Placement rank(Claims claims) {
        int size = claims.required(Quantity.SIZE, Torchrun.WORLD_SIZE);
        int rank = claims.number(Quantity.RANK, 0);
        int localRank = claims.number(Quantity.LOCAL_RANK, 0);
        if (rank >= size) {
            throw new Ascend4jException("RANK expects 0 to " + (size - 1) + " with " + claims.name(Quantity.SIZE) + " "
                    + size + ", found " + rank);
        }
        // On a single node, the local rank is the rank.
        int localSize = rank == localRank
                ? claims.number(Quantity.LOCAL_SIZE, size)
                : claims.required(Quantity.LOCAL_SIZE, Torchrun.LOCAL_WORLD_SIZE);
        if (localRank >= localSize || rank % localSize != localRank) {
            throw new Ascend4jException("LOCAL_RANK expects " + rank % localSize + ", for RANK " + rank + " and "
                    + localSize + " ranks on a node (" + claims.name(Quantity.LOCAL_SIZE) + "), found " + localRank);
        }
        int nodes = nodes(claims, size, localSize);
        claims.add(Quantity.NODE, "RANK and LOCAL_WORLD_SIZE", rank / localSize);
        return Placement.of(
                topology(claims, nodes, localSize, Topology.DEFAULT_PORT).rank(localRank));
    }

    /** Resolves a process that starts the ranks of its node. */
    private static Placement node(Claims claims) {
        int localSize = claims.number(Quantity.LOCAL_SIZE, claims.defaultLocalSize());
        int size = claims.number(Quantity.SIZE, localSize * claims.number(Quantity.NODES, 1));
        int nodes = nodes(claims, size, localSize);
        // The launcher of a single node chooses a free port itself.
        Topology topology = topology(claims, nodes, localSize, nodes == 1 ? 0 : Topology.DEFAULT_PORT);
        return topology.size() == 1 ? Placement.of(topology.rank(0)) : Placement.launcher(topology);
    }

    private static int nodes(Claims claims, int size, int localSize) {
        int nodes = claims.number(Quantity.NODES, size / localSize);
        if (!claims.has(Quantity.NODES) && size % localSize != 0) {
            throw new Ascend4jException("the number of ranks expects a multiple of " + localSize + " ("
                    + claims.name(Quantity.LOCAL_SIZE) + "), found " + size + " (" + claims.name(Quantity.SIZE) + ")");
        }
        if (nodes * localSize != size) {
            throw new Ascend4jException("the number of ranks expects " + nodes + " nodes ("
                    + claims.name(Quantity.NODES) + ") of " + localSize + " (" + claims.name(Quantity.LOCAL_SIZE)
                    + "), found " + size + " (" + claims.name(Quantity.SIZE) + ")");
        }
        return nodes;
    }

    private static Topology topology(Claims claims, int nodes, int localSize, int defaultPort) {
        int port = claims.number(Quantity.MASTER_PORT, defaultPort);
        if (nodes == 1 && localSize == 1) {
            return Topology.alone();
        }
        String source = claims.sources();
        if (nodes == 1 && !claims.has(Quantity.MASTER_ADDRESS)) {
            return Topology.oneNode(source, localSize, port);
        }
        int node = nodes == 1 ? 0 : claims.required(Quantity.NODE, "--node-rank, from 0 to " + (nodes - 1));
        if (node >= nodes) {
            throw new Ascend4jException("the rank of this node expects 0 to " + (nodes - 1) + ", found " + node
                    + " from " + claims.name(Quantity.NODE));
        }
        if (claims.masterAddress() == null) {
            throw new Ascend4jException(
                    "several nodes expect the address of node 0, found none; set --master-addr or MASTER_ADDR");
        }
        return new Topology(source, nodes, node, localSize, claims.masterAddress(), port);
    }
}
