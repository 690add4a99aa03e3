package org.ascend4j.trainer.recipe;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How learning rate and momentum change from step to step, with the names and defaults of torch's {@code OneCycleLR}.
 *
 * @param type {@code one_cycle} or {@code constant}
 * @param epochs the epochs that the cycle spans; null for the run's own
 * @param maxLr the highest learning rate of the cycle
 * @param pctStart the share of the cycle spent rising
 * @param anneal {@code cos} or {@code linear}
 * @param threePhase a third phase that anneals below the initial learning rate
 * @param cycleMomentum whether momentum falls while the learning rate rises
 * @param baseMomentum the lowest momentum of the cycle
 * @param maxMomentum the highest momentum of the cycle
 * @param divFactor highest over initial learning rate
 * @param finalDivFactor initial over last learning rate
 */
public record ScheduleSettings(
        @JsonProperty(required = true) String type,
        Integer epochs,
        Double maxLr,
        Double pctStart,
        String anneal,
        boolean threePhase,
        Boolean cycleMomentum,
        Double baseMomentum,
        Double maxMomentum,
        Double divFactor,
        Double finalDivFactor) {

    /** Checks the ranges and fills in torch's defaults. */
    public ScheduleSettings {
        Range.oneOf("schedule.type", type, "one_cycle", "constant");
        if (epochs != null) {
            Range.atLeast("schedule.epochs", epochs, 1);
        }
        maxLr = maxLr == null ? 0.1 : maxLr;
        Range.notNegative("schedule.max_lr", maxLr);
        pctStart = pctStart == null ? 0.3 : pctStart;
        Range.between("schedule.pct_start", pctStart, 0, 1);
        anneal = anneal == null ? "cos" : anneal;
        Range.oneOf("schedule.anneal", anneal, "cos", "linear");
        cycleMomentum = cycleMomentum == null || cycleMomentum;
        baseMomentum = baseMomentum == null ? 0.85 : baseMomentum;
        Range.between("schedule.base_momentum", baseMomentum, 0, 1);
        maxMomentum = maxMomentum == null ? 0.95 : maxMomentum;
        Range.between("schedule.max_momentum", maxMomentum, 0, 1);
        divFactor = divFactor == null ? 25.0 : divFactor;
        Range.positive("schedule.div_factor", divFactor);
        finalDivFactor = finalDivFactor == null ? 10_000.0 : finalDivFactor;
        Range.positive("schedule.final_div_factor", finalDivFactor);
    }

    /** Returns whether the learning rate follows torch's {@code OneCycleLR}. */
    public boolean oneCycle() {
        return type.equals("one_cycle");
    }
}
