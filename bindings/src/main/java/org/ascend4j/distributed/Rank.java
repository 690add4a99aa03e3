package org.ascend4j.distributed;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One process of a run.
 *
 * @param topology the placement of all ranks
 * @param localRank the rank's index on its node, from 0; it is also the index of its device
 * @since 0.1.0
 */
public record Rank(Topology topology, int localRank) {
    /** Returns the rank's number among all ranks, from 0. */
    public int number() {
        return topology.node() * topology.localSize() + localRank;
    }

    /** Returns the total number of ranks. */
    public int size() {
        return topology.size();
    }

    /** Returns whether this is the rank that prints and writes files. */
    public boolean isFirst() {
        return number() == 0;
    }

    /** Returns the variables that torchrun sets for such a process, and the source of the topology. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(Torchrun.RANK, Integer.toString(number()));
        variables.put(Torchrun.WORLD_SIZE, Integer.toString(size()));
        variables.put(Torchrun.LOCAL_RANK, Integer.toString(localRank));
        variables.put(Torchrun.LOCAL_WORLD_SIZE, Integer.toString(topology.localSize()));
        variables.put(Torchrun.MASTER_ADDR, topology.masterAddress());
        variables.put(Torchrun.MASTER_PORT, Integer.toString(topology.masterPort()));
        variables.put(Torchrun.SOURCE, topology.source());
        return variables;
    }
}
