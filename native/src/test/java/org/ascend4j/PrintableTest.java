package org.ascend4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void printableTextStaysAsItIs() {
        assertThat(Printable.of("gr\u00f6\u00dfe \u732b \ud83d\ude00"))
                .isEqualTo("gr\u00f6\u00dfe \u732b \ud83d\ude00");
        assertThat(Printable.of(12)).isEqualTo("12");
        assertThat(Printable.of(null)).isEqualTo("null");
    }

    @Test
    void whatChangesALineOrATerminalIsEscaped() {
        assertThat(Printable.of("a\nb\u001b[31m\u202e\u2028")).isEqualTo("a\\u000ab\\u001b[31m\\u202e\\u2028");
        assertThat(Printable.of("half \ud800 pair")).isEqualTo("half \\ud800 pair");
        assertThat(Printable.of("\udb40\udc01")).isEqualTo("\\u{e0001}");
    }

    @Test
    void longTextIsCut() {
        assertThat(Printable.of("x".repeat(80))).isEqualTo("x".repeat(80));
        assertThat(Printable.of("x".repeat(1_000_000))).isEqualTo("x".repeat(80) + "...");
        // Neither an escape sequence nor a surrogate pair is split.
        assertThat(Printable.of("x".repeat(79) + "\ud83d\ude00")).isEqualTo("x".repeat(79) + "...");
    }

    @Test
    void longPathsAreCutAtTheirBeginning() {
        assertThat(Printable.path("a/b\n.png")).isEqualTo("a/b\\u000a.png");
        assertThat(Printable.path("x".repeat(1_000_000) + "/1.png")).isEqualTo("..." + "x".repeat(74) + "/1.png");
        assertThat(Printable.path("\ud83d\ude00" + "x".repeat(79))).isEqualTo("..." + "x".repeat(79));
        assertThat(Printable.path("\ud83d\ude00" + "x".repeat(78))).isEqualTo("\ud83d\ude00" + "x".repeat(78));
    }

    @Test
    void ofManyValuesThreeAreShown() {
        assertThat(Printable.listOf(List.of("a", "b\n"))).isEqualTo("a, b\\u000a");
        assertThat(Printable.listOf(List.of(1, 2, 3, 4, 5))).isEqualTo("1, 2, 3 and 2 more");
    }
}
