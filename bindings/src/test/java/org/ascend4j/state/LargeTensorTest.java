package org.ascend4j.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests tensors of more than 64 MiB, which are transferred in parts, such as AlexNet's first linear layer. */
class LargeTensorTest {
    private static final int FLOATS = 17_000_000;

    @TempDir
    private Path folder;

    @Test
    void everyPartIsReadWhereItWasWritten() {
        Path safetensors = folder.resolve("large.safetensors");
        Path pt = folder.resolve("large.pt");
        try (PointerScope scope = new PointerScope()) {
            Tensor large = torch.arange(new Scalar((double) FLOATS)).remainder(new Scalar(4001.0));
            StateDict state = new StateDict().put("large", large).put("small", torch.tensor(1f, 2f));
            StateFiles.write(safetensors, state, Map.of());
            StateFiles.write(pt, state, Map.of());
            assertThat(StateFiles.read(safetensors).get("large").equal(large)).isTrue();
            assertThat(StateFiles.read(pt).get("large").equal(large)).isTrue();
        }
    }
}
