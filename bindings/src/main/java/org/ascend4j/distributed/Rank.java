package org.ascend4j.distributed;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One process of a run.
 *
 * @param topology where all ranks are
 * @param localRank which of its node's ranks it is, from 0; it is also the index of its device
 */
public record Rank(Topology topology, int localRank) {
    /** Returns its number among all ranks, from 0. */
    public int number() {
        return topology.node() * topology.localSize() + localRank;
    }

    /** Returns how many ranks there are. */
    public int size() {
        return topology.size();
    }

    /** Returns whether it is the one that prints, and writes files. */
    public boolean isFirst() {
        return number() == 0;
    }

    /** Returns the variables that torchrun sets for such a process, and the source of its topology. */
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
