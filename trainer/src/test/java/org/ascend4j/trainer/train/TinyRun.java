package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.data.DataSettings;
import org.ascend4j.trainer.data.DataSources;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ProgressSink;
import org.ascend4j.trainer.recipe.Recipe;
import org.ascend4j.trainer.recipe.Recipes;
import org.bytedeco.javacpp.PointerScope;

/** Runs that take a second: 24 generated images in batches of 8, three steps per epoch, a narrow network, one thread. */
public final class TinyRun {
    public static final int STEPS_PER_EPOCH = 3;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DataSplits SHAPES =
            DataSources.parse("shapes:24,8", DataSettings.defaults()).load(ProgressSink.NONE);

    private TinyRun() {}

    public static DeviceBackend cpu() {
        TorchRuntime.load();
        TorchRuntime.setThreads(1);
        return Devices.open(DeviceSpec.parse("cpu"));
    }

    public static DataSplits shapes() {
        return SHAPES;
    }

    /** Returns the Ascend tutorial's recipe for two epochs, with overrides such as {@code epochs=3}. */
    public static Recipe recipe(String... overrides) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("batch_size", "8");
        settings.put("eval_batch_size", "8");
        settings.put("epochs", "2");
        settings.put("schedule.max_lr", "0.005");
        for (String override : overrides) {
            String[] parts = override.split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        if (!settings.containsKey("model.kind")) {
            // A quarter of the channels: most tests compare runs with each other.
            settings.putIfAbsent("model.width", "0.25");
        }
        return Recipes.bind(Recipes.override(Recipes.tree("ascend"), settings));
    }

    public static RunSettings settings(DeviceBackend cpu, Path output, String... overrides) {
        return RunSettings.of(recipe(overrides), cpu, output);
    }

    public static Training training(DeviceBackend cpu, RunSettings settings) {
        return new Training(settings, SHAPES, cpu).dataName("shapes:24,8");
    }

    /** Returns the lines of a run's metrics without values that depend on the clock. */
    public static List<JsonNode> metrics(Path run) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            ObjectNode node = (ObjectNode) JSON.readTree(line);
            node.remove(List.of("seconds", "images_per_second", "memory_bytes"));
            lines.add(node);
        }
        return lines;
    }

    /** Asserts that two runs ended in the same state, bit for bit: metrics, weights, optimiser and random generator. */
    public static void assertSame(Path run, Path other) throws IOException {
        assertThat(metrics(run)).isEqualTo(metrics(other));
        assertThat(run.resolve("model.safetensors")).hasSameBinaryContentAs(other.resolve("model.safetensors"));
        try (PointerScope scope = new PointerScope()) {
            Checkpoint one = Checkpoint.read(run.resolve("last.ckpt"));
            Checkpoint two = Checkpoint.read(other.resolve("last.ckpt"));
            assertSame(one.model(), two.model());
            assertSame(one.optimizer(), two.optimizer());
            assertSame(one.random(), two.random());
            assertThat(one.position().step()).isEqualTo(two.position().step());
            assertThat(one.position().bestEpoch()).isEqualTo(two.position().bestEpoch());
        }
    }

    private static void assertSame(StateDict one, StateDict two) {
        assertThat(one.entries().keySet()).isNotEmpty().isEqualTo(two.entries().keySet());
        one.entries()
                .forEach((name, tensor) ->
                        assertThat(tensor.equal(two.get(name))).as(name).isTrue());
    }
}
