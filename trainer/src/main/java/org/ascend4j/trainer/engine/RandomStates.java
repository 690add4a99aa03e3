package org.ascend4j.trainer.engine;

import org.ascend4j.device.DeviceBackend;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The random generators of all ranks, from which dropout draws: into a checkpoint and out of it. */
public final class RandomStates {
    private static final Logger LOG = LoggerFactory.getLogger(RandomStates.class);

    /** Prime, so that ranks and steps give different seeds. */
    private static final long SEED_STRIDE = 1_000_003;

    private final DeviceBackend device;
    private final RankGroup ranks;

    /** Prepares for the generator of a device that each rank has. */
    public RandomStates(DeviceBackend device, RankGroup ranks) {
        this.device = device;
        this.ranks = ranks;
    }

    /** Returns the states of all ranks on every rank, in the open PointerScope; every rank calls this. */
    StateDict gather() {
        Tensor all = ranks.gather(device.generatorState());
        StateDict states = new StateDict();
        for (int rank = 0; rank < ranks.size(); rank++) {
            states.put(name(rank), all.select(0, rank));
        }
        return states;
    }

    /**
     * Lets each rank go on with its own numbers where these are known, else with numbers that no other rank draws; every rank calls this.
     *
     * @param saved what {@link #gather} gave to the checkpoint that rank 0 goes on from; null on other ranks and for a fresh start
     * @param seed of the run
     * @param step how many are done
     */
    void restore(StateDict saved, long seed, long step) {
        boolean first = ranks.rank().isFirst();
        String known = ranks.share(first ? Boolean.toString(saved != null && take(saved)) : null);
        if (Boolean.parseBoolean(known)) {
            distribute(saved);
        } else if (!first) {
            // Dropout must not drop the same on every rank. Rank 0 draws what a single process would.
            device.seed(seed + SEED_STRIDE * ranks.rank().number() + step);
        }
    }

    /** Rank 0: takes its own state, and returns whether those of the others are there, too. */
    private boolean take(StateDict saved) {
        Tensor own = saved.get(name(0));
        if (own == null) {
            LOG.warn(
                    "The checkpoint was written on another device: dropout goes on with other random numbers ({}).",
                    saved.entries().keySet());
            return false;
        }
        // Also where the others' are of no use.
        device.setGeneratorState(own);
        int found = 0;
        while (saved.get(name(found)) != null) {
            found++;
        }
        if (found != ranks.size()) {
            LOG.warn(
                    "The checkpoint holds the random generators of {} rank(s), this run has {}: all but rank 0's are seeded anew.",
                    found,
                    ranks.size());
        }
        return found == ranks.size();
    }

    private void distribute(StateDict saved) {
        try (PointerScope scope = new PointerScope()) {
            Tensor own = device.generatorState();
            Tensor all = own.new_empty(ranks.size(), own.numel());
            if (saved != null) {
                for (int rank = 0; rank < ranks.size(); rank++) {
                    all.select(0, rank).copy_(saved.get(name(rank)));
                }
            }
            ranks.broadcast(all);
            device.setGeneratorState(all.select(0, ranks.rank().number()));
        }
    }

    private String name(int rank) {
        String kind = device.spec().kind().torchName();
        return rank == 0 ? kind : kind + ".rank" + rank;
    }
}
