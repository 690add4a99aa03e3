package org.ascend4j.trainer.engine;

import org.ascend4j.device.DeviceBackend;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saves and restores the random generators of all ranks, which dropout uses.
 *
 * @since 0.1.0
 */
public final class RandomStates {
    private static final Logger LOG = LoggerFactory.getLogger(RandomStates.class);

    /** A prime, so that ranks and steps have different seeds. */
    private static final long SEED_STRIDE = 1_000_003;

    private final DeviceBackend device;
    private final RankGroup ranks;
    private final boolean drawn;

    /**
     * Prepares for the generator of the device of each rank.
     *
     * @param drawn whether the model draws random numbers; a lost state is reported only then
     */
    public RandomStates(DeviceBackend device, RankGroup ranks, boolean drawn) {
        this.device = device;
        this.ranks = ranks;
        this.drawn = drawn;
    }

    /** Returns the states of all ranks, on every rank and in the open PointerScope. Every rank must call this. */
    StateDict gather() {
        Tensor all = ranks.gather(device.generatorState());
        StateDict states = new StateDict();
        for (int rank = 0; rank < ranks.size(); rank++) {
            states.put(name(rank), all.select(0, rank));
        }
        return states;
    }

    /**
     * Restores the generator of each rank. A rank without a saved state gets a seed that no other rank has. Every rank
     * must call this.
     *
     * @param saved the result of {@link #gather} in the checkpoint that rank 0 resumes from; null on other ranks and for a fresh start
     * @param seed the run's seed
     * @param step number of steps done
     */
    void restore(StateDict saved, long seed, long step) {
        boolean first = ranks.rank().isFirst();
        String known = ranks.share(first ? Boolean.toString(saved != null && take(saved)) : null);
        if (Boolean.parseBoolean(known)) {
            distribute(saved);
        } else if (!first) {
            // Dropout must not drop the same values on every rank. Rank 0 draws the same as a single process.
            device.seed(seed + SEED_STRIDE * ranks.rank().number() + step);
        }
    }

    /** On rank 0: restores its own state, and returns whether the states of the other ranks are available too. */
    private boolean take(StateDict saved) {
        Tensor own = saved.get(name(0));
        if (own == null) {
            if (drawn) {
                LOG.warn(
                        "The checkpoint was written on another device: dropout continues with other random numbers ({}).",
                        saved.entries().keySet());
            }
            return false;
        }
        // Rank 0 restores its own state even if the states of the other ranks cannot be used.
        device.setGeneratorState(own);
        int found = 0;
        while (saved.get(name(found)) != null) {
            found++;
        }
        if (found != ranks.size() && drawn) {
            LOG.warn(
                    "The checkpoint holds the random generators of {} rank(s), this run has {}: all except rank 0's are seeded again.",
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
