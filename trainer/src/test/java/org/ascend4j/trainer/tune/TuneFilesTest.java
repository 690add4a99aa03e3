package org.ascend4j.trainer.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what a search finds again in its folder. */
class TuneFilesTest {
    private static final TunePlan PLAN = new TunePlan(
            List.of(new Rung(3, 16), new Rung(1, 48)),
            false,
            List.of(Map.of("a", "1"), Map.of("a", "2"), Map.of("a", "3")));

    @TempDir
    private Path folder;

    @Test
    void planAndResultsAreFoundAgain() throws Exception {
        TuneFiles files = TuneFiles.open(folder);
        files.save(settings(0.5), PLAN);
        TrialResult good = new TrialResult(1, 1, 2, false, 0.25, 2.5, 1.5, Map.of("a", "1"));
        TrialResult bad = new TrialResult(2, 1, 1, true, null, null, 0.5, Map.of("a", "2"));
        files.add(good);
        files.add(bad);
        assertThat(Files.readAllLines(folder.resolve("trials.jsonl")))
                .containsExactly(
                        "{\"trial\":1,\"rung\":1,\"steps\":2,\"diverged\":false,\"accuracy\":0.25,\"loss\":2.5,"
                                + "\"seconds\":1.5,\"settings\":{\"a\":\"1\"}}",
                        "{\"trial\":2,\"rung\":1,\"steps\":1,\"diverged\":true,\"seconds\":0.5,\"settings\":{\"a\":\"2\"}}");
        TuneFiles again = TuneFiles.open(folder);
        assertThat(again.plan(settings(0.5))).contains(PLAN);
        assertThat(again.results()).containsExactly(good, bad);
    }

    @Test
    void otherSettingsAreRefused() {
        TuneFiles.open(folder).save(settings(0.5), PLAN);
        assertThatThrownBy(() -> TuneFiles.open(folder).plan(settings(0.25)))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(
                        "output folder " + folder + " expects the settings of the search in it to go on, recipe.rate"
                                + " 0.5, found 0.25; set --output to another folder for a new search");
    }

    @Test
    void anotherFileIsRefused() throws Exception {
        Files.writeString(folder.resolve("trials.jsonl"), "{\"step\":1}\n");
        assertThatThrownBy(() -> TuneFiles.open(folder))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("trials.jsonl expects a JSON object of a trial in each line");
    }

    private static ObjectNode settings(double rate) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode();
        settings.putObject("recipe").put("rate", rate);
        return settings;
    }
}
