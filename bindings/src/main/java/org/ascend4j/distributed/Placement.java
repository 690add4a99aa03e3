package org.ascend4j.distributed;

import java.util.Optional;

/**
 * The role of a process in a run.
 *
 * @param topology the placement of all ranks
 * @param rank the rank that this process is; empty if it is to start its node's ranks
 * @since 0.1.0
 */
public record Placement(Topology topology, Optional<Rank> rank) {
    static Placement launcher(Topology topology) {
        return new Placement(topology, Optional.empty());
    }

    static Placement of(Rank rank) {
        return new Placement(rank.topology(), Optional.of(rank));
    }
}
