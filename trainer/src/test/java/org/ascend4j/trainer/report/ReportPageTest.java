package org.ascend4j.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*)</script>\n<script>");
    private static final String HOSTILE = "</script><script>alert(1)</script>&quot;'\"<!--{{style}}";

    @TempDir
    private Path folder;

    private JsonNode dataOf(String page) throws IOException {
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    private String page(Path... runs) throws IOException {
        Path page = folder.resolve("page.html");
        ReportPage.write(page, List.of(runs).stream().map(RunFolder::of).toList());
        return Files.readString(page);
    }

    @Test
    void theDataAreTheLinesOfTheMetrics() throws IOException {
        Files.writeString(
                folder.resolve("metrics.jsonl"),
                """
                {"step":1,"epoch":1,"loss":2.25,"lr":0.1,"momentum":0.9}
                {"epoch":1,"train_loss":2.25}
                {"step":2,"ep""");
        JsonNode run = dataOf(page(folder)).get("runs").get(0);
        assertThat(run.get("metrics").toString())
                .isEqualTo(
                        """
                        [{"step":1,"epoch":1,"loss":2.25,"lr":0.1,"momentum":0.9},{"epoch":1,"train_loss":2.25}]""");
        assertThat(run.get("run").isNull()).isTrue();
        assertThat(run.get("evaluation").isNull()).isTrue();
    }

    @Test
    void namesAreNoMarkup() throws IOException {
        Files.writeString(folder.resolve("metrics.jsonl"), "");
        Files.writeString(
                folder.resolve("run.json"),
                new ObjectMapper().createObjectNode().put("host", HOSTILE).toString());
        String page = page(folder);
        assertThat(page).doesNotContain("alert(1)</script>").contains("alert(1)");
        assertThat(page.split("<script", -1)).hasSize(3);
        assertThat(dataOf(page).at("/runs/0/run/host").asText()).isEqualTo(HOSTILE);
    }

    @Test
    void thePageAllowsItsOwnScriptOnlyAndNoAddress() throws IOException {
        Files.writeString(folder.resolve("metrics.jsonl"), "");
        String page = page(folder);
        assertThat(page).containsPattern("default-src 'none'; img-src data:;.* script-src 'sha256-[\\w+/=]{44}';");
        assertThat(page.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http://", "https://");
    }

    @Test
    void aFolderWithoutMetricsIsToldInASentence() {
        assertThatThrownBy(() -> RunFolder.of(folder))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("a report expects the folder of a run, found no metrics.jsonl in " + folder);
    }
}
