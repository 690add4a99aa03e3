package org.ascend4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TeamTest {
    @Test
    void everyMemberWorksOnItsOwnThread() {
        try (Team team = new Team(3, 1)) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            team.run(
                    member -> seen.add(member + " " + Thread.currentThread().getName() + " " + TorchRuntime.threads()));
            assertThat(seen)
                    .containsExactlyInAnyOrder(
                            "0 " + Thread.currentThread().getName() + " 1",
                            "1 ascend4j-team-1 1",
                            "2 ascend4j-team-2 1");
        }
    }

    @Test
    void aFailureIsThrownWhenAllAreDone() {
        try (Team team = new Team(2, 1)) {
            AtomicInteger finished = new AtomicInteger();
            assertThatThrownBy(() -> team.run(member -> {
                        if (member == 1) {
                            finished.incrementAndGet();
                            throw new IllegalStateException("member 1");
                        }
                        finished.incrementAndGet();
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("member 1");
            assertThat(finished).hasValue(2);
        }
    }

    @Test
    void alsoAnErrorIsThrownWhenAllAreDone() {
        Thread caller = Thread.currentThread();
        AtomicInteger finished = new AtomicInteger();
        try (Team team = new Team(2, 1)) {
            assertThatThrownBy(() -> team.run(member -> {
                        if (member == 0) {
                            throw new AssertionError("member 0");
                        }
                        while (caller.getState() != Thread.State.WAITING) {
                            Thread.onSpinWait();
                        }
                        finished.incrementAndGet();
                        throw new AssertionError("member 1");
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("member 0");
            assertThat(finished).hasValue(1);
            assertThatThrownBy(() -> team.run(member -> {
                        if (member == 1) {
                            throw new AssertionError("member 1");
                        }
                    }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("member 1");
        }
    }

    @Test
    void sharesAreRunsOfAboutTheSameSize() {
        assertThat(Team.shares(List.of(1, 1, 1, 1, 4), Integer::longValue, 2))
                .containsExactly(List.of(1, 1, 1, 1), List.of(4));
        assertThat(Team.shares(List.of(9, 1), Integer::longValue, 3))
                .containsExactly(List.of(), List.of(9), List.of(1));
    }
}
