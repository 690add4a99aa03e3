package org.ascend4j.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ascend4j.runtime.TorchRuntime;
import org.ascend4j.state.SafetensorsFile;
import org.ascend4j.state.StateDict;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the README's library sample compiles, runs and is the source that the README shows. */
class ReadmeSampleTest {
    @TempDir
    private Path folder;

    @Test
    void itTrainsAndSaves() {
        TorchRuntime.load();
        TorchRuntime.setThreads(1);
        Path weights = folder.resolve("weights.safetensors");
        Path output = folder.resolve("run");
        ReadmeSample.main(new String[] {"shapes:24,8", output.toString(), weights.toString()});
        try (PointerScope scope = new PointerScope()) {
            StateDict saved = SafetensorsFile.read(weights).tensors();
            StateDict last =
                    SafetensorsFile.read(output.resolve("model.safetensors")).tensors();
            assertThat(saved.entries().keySet())
                    .contains("stage3.0.p2_1.weight")
                    .isEqualTo(last.entries().keySet());
            saved.entries()
                    .forEach((name, tensor) ->
                            assertThat(tensor.equal(last.get(name))).as(name).isTrue());
        }
    }

    @Test
    void theReadmePrintsIt() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/ascend4j/trainer/ReadmeSample.java"));
        String sample = source.substring(source.indexOf("import "));
        assertThat(sample.lines()).hasSizeLessThanOrEqualTo(30);
        assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + sample + "```\n");
    }
}
