package org.ascend4j.trainer.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.ascend4j.nativelib.support.ChildJvm;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.nativelib.support.TorchHome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requires({Prerequisite.NATIVE, Prerequisite.PYTHON, Prerequisite.NPU})
final class RecordedRunTest {
    @Test
    void recordedStepsEqualEagerOnesBitForBit(@TempDir Path folder) throws Exception {
        List<String> lines = new ChildJvm()
                .withTorch(TorchHome.find().orElseThrow())
                .run(RecordedRunScenario.class, folder)
                .lines()
                .filter(line -> line.endsWith(" is equal"))
                .toList();
        assertThat(lines).containsExactly("plain is equal", "resumed is equal", "more is equal", "adam is equal");
    }
}
