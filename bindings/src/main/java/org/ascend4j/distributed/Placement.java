package org.ascend4j.distributed;

import java.util.Optional;

/**
 * What a process is in a run.
 *
 * @param topology where the ranks are
 * @param rank the rank that this process is; empty if it is to start its node's ranks
 */
public record Placement(Topology topology, Optional<Rank> rank) {
    static Placement launcher(Topology topology) {
        return new Placement(topology, Optional.empty());
    }

    static Placement of(Rank rank) {
        return new Placement(rank.topology(), Optional.of(rank));
    }
}
