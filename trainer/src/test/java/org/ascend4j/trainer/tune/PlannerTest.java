package org.ascend4j.trainer.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;

/** Tests plans against budgets that were computed by hand; a step of one image takes a second. */
class PlannerTest {
    private static final Pace SECONDS = new Pace(1, 0, 0);
    private static final int LARGE = 1_000_000;

    @Test
    void allRungsShareTheTimeEvenly() {
        // 9 x 100 + 3 x 300 + 1 x 900 = 2700; with another rung the first would have 25 steps.
        assertThat(new Planner(SECONDS, LARGE, 1, LARGE, false).plan(2700, SearchSpace.MOST, null))
                .containsExactly(new Rung(9, 100), new Rung(3, 300), new Rung(1, 900));
    }

    @Test
    void aTrialIsNoLongerThanTheRecipesOwnRun() {
        // 14 x 100 + 4 x 300 = 2600; 15 x 100 + 5 x 300 = 3000.
        assertThat(new Planner(SECONDS, LARGE, 1, 300, false).plan(2700, SearchSpace.MOST, null))
                .containsExactly(new Rung(14, 100), new Rung(4, 300));
    }

    @Test
    void aTrialThatContinuesPaysForItsFurtherStepsOnly() {
        Planner planner = new Planner(SECONDS, LARGE, 1, LARGE, true);
        List<Rung> rungs = planner.plan(2700, SearchSpace.MOST, null);
        assertThat(rungs).containsExactly(new Rung(9, 128), new Rung(3, 386), new Rung(1, 1160));
        assertThat(planner.cost(rungs)).isEqualTo(9 * 128 + 3 * (386 - 128) + 1160 - 386);
    }

    @Test
    void aTrialOfSeveralEpochsHasWholeOnes() {
        // 3 x 2 epochs + 1 x 6 epochs, each of 100 steps.
        assertThat(new Planner(SECONDS, 100, 1, 600, false).plan(1200, 3, null))
                .containsExactly(new Rung(3, 200), new Rung(1, 600));
    }

    @Test
    void runsAndEvaluationsCountToo() {
        Planner planner = new Planner(new Pace(1, 10, 100), 100, 10, 600, false);
        // 3 runs of 3 steps and an evaluation, one run of 2 epochs of 10 steps and an evaluation each.
        assertThat(planner.cost(List.of(new Rung(3, 30), new Rung(1, 200))))
                .isEqualTo(3 * (100 + 3 + 10) + 100 + 20 + 2 * 10);
    }

    @Test
    void aWantedNumberOfTrialsIsKept() {
        assertThat(new Planner(SECONDS, LARGE, 1, LARGE, false).plan(40, SearchSpace.MOST, 3))
                .containsExactly(new Rung(3, 6), new Rung(1, 20));
    }

    @Test
    void aSpaceOfFewConfigurationsIsTriedWhole() {
        assertThat(new Planner(SECONDS, LARGE, 1, LARGE, false).plan(2700, 4, null))
                .first()
                .isEqualTo(new Rung(3, 450));
        assertThat(new Planner(SECONDS, LARGE, 1, 300, false).plan(2700, 4, null))
                .containsExactly(new Rung(4, 100), new Rung(1, 300));
    }

    @Test
    void tooLittleTimeIsASentence() {
        assertThatThrownBy(() -> new Planner(SECONDS, LARGE, 1, LARGE, false).plan(60, SearchSpace.MOST, null))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(
                        "--minutes expects more for this recipe, found a rest of 1.0 minutes where the shortest search"
                                + " takes 1.7 (a step takes 1.00 s, an evaluation 0.0 s); set more --minutes, or fewer --trials");
    }
}
