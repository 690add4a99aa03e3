package org.ascend4j.trainer.tune;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/**
 * What a search does.
 *
 * @param rungs the rungs in order
 * @param continues whether a promoted trial continues from its checkpoint instead of starting anew
 * @param configurations the values of the settings of each trial
 * @since 0.1.0
 */
public record TunePlan(List<Rung> rungs, boolean continues, List<Map<String, String>> configurations) {
    /** Returns a rung by its number, from 1. */
    public Rung rung(int number) {
        return rungs.get(number - 1);
    }

    /** Returns the number of trials. */
    @JsonIgnore
    public int trials() {
        return configurations.size();
    }
}
