package org.ascend4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests that the option reference of the documents is the one that the command line generates. */
class OptionReferenceTest {
    private static final Path DOCUMENT = Path.of("../../docs/options.md");

    @Test
    void theDocumentIsGeneratedFromTheCommandLine() throws IOException {
        assertThat(Files.readString(DOCUMENT))
                .as("docs/options.md is out of date: ./ascend4j man --markdown > docs/options.md")
                .isEqualToNormalizingNewlines(printed("man", "--markdown"));
    }

    @Test
    void theReferenceHoldsTheOptionsOfEveryCommand() {
        String reference = printed("man", "--markdown");
        assertThat(reference)
                .contains("\n## train\n", "\n## certify\n", "\n## completion\n")
                .contains("| `--resume[=FILE\\|auto\\|none]` | ")
                .doesNotContain("${")
                .doesNotContain("--help` | ");
    }

    private static String printed(String... arguments) {
        PrintStream standard = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.execute(Map.of(), arguments)).isZero();
        } finally {
            System.setOut(standard);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
