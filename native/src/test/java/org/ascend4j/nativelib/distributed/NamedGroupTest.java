package org.ascend4j.nativelib.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.ascend4j.Ascend4jException;
import org.ascend4j.nativelib.support.ChildJvm;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requires(Prerequisite.NATIVE)
final class NamedGroupTest {
    @Test
    void ranksInTwoProcessesAllReduceByTheGroupsName(@TempDir Path folder) throws Exception {
        Path store = folder.resolve("store");
        Process second = new ChildJvm().start(AllReduceRank.class, store, 1, 2);
        String first = new ChildJvm().run(AllReduceRank.class, store, 0, 2);
        // The ranks contribute 1 and 2; the name resolves while the group is open and not afterwards.
        String expected = "before: 3.0 3.0\nafter: unknown\n";
        assertThat(first).isEqualTo(expected);
        assertThat(ChildJvm.finish(second)).isEqualTo(expected);
    }

    @Test
    void aRankWhosePeersStayAwaySaysSoWithinTheTimeout() {
        try (KeyValueStore store = KeyValueStore.inMemory(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> NamedGroup.gloo("alone", store, 1, 2, "", Duration.ofSeconds(1)))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageStartingWith("rank 1 of 2 cannot join the group 'alone': ")
                    .hasMessageNotContaining("frame #");
        }
    }

    @Test
    void aRankOutsideTheGroupIsRefused() {
        try (KeyValueStore store = KeyValueStore.inMemory(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> NamedGroup.gloo("group", store, 2, 2, "", Duration.ofSeconds(1)))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage("rank expects 0 to 1 in a group of 2, found 2");
        }
    }

    @Test
    void aNameIsTakenOnceAtATimeAndFreeAgainAfterClosing() {
        try (KeyValueStore store = KeyValueStore.inMemory(Duration.ofSeconds(10))) {
            try (NamedGroup group = gloo("taken", store.prefixed("1"))) {
                assertThatThrownBy(() -> gloo("taken", store.prefixed("2")))
                        .isInstanceOf(Ascend4jException.class)
                        .hasMessageStartingWith("rank 0 of 1 cannot join the group 'taken': ");
                assertThat(group.group().getSize()).isEqualTo(1);
            }
            try (NamedGroup again = gloo("taken", store.prefixed("3"))) {
                assertThat(again.name()).isEqualTo("taken");
            }
        }
    }

    private static NamedGroup gloo(String name, KeyValueStore store) {
        try (store) {
            return NamedGroup.gloo(name, store, 0, 1, "", Duration.ofSeconds(10));
        }
    }
}
