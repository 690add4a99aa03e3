package org.ascend4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> KNOWN = List.of("article", "article-verbatim", "fashion", "fast", "shapes");

    @ParameterizedTest
    @CsvSource({
        "artcle, article",
        "shape, shapes",
        "Fashoin, fashion",
        "article-verbatm, article-verbatim",
        "fat, fast",
        // Two of six letters are within a third; three of four are not.
        "shaqqs, shapes"
    })
    void aMistypedNameIsRecognised(String found, String meant) {
        assertThat(Nearest.hint(found, KNOWN)).isEqualTo("; did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "''", "f", "/no/such/folder"})
    void anotherNameIsNot(String found) {
        assertThat(Nearest.hint(found, KNOWN)).isEmpty();
    }
}
