package org.ascend4j.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ascend4j.export.TracedNetwork;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.nn.Embedding;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.Linear;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TransformerEncoderLayerImpl;
import org.bytedeco.pytorch.TransformerEncoderLayerOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks with the presets' sequence modules give the same results in ONNX Runtime as in torch. */
@Requires(Prerequisite.NATIVE)
class SequenceExportTest {
    private static final long TOKENS = 11;
    private static final long LENGTH = 6;
    private static final long WIDTH = 8;

    /** Maps tokens, {@code N x LENGTH}, to {@code N x 5}. */
    private abstract static class Network extends Layer {
        private final Embedding embedding = child("embedding", new Embedding(TOKENS, WIDTH));

        Network(String name) {
            super(name);
        }

        abstract Tensor states(Tensor embedded);

        @Override
        protected Tensor compute(Tensor tokens) {
            return states(embedding.forward(tokens));
        }
    }

    private static final class Lstm extends Network {
        private final LSTMImpl lstm;
        private final Linear head;

        Lstm(boolean bidirectional) {
            super("Lstm");
            LSTMOptions options = new LSTMOptions(WIDTH, 7);
            options.batch_first().put(true);
            options.num_layers().put(2);
            options.bidirectional().put(bidirectional);
            lstm = child("lstm", new LSTMImpl(options));
            head = child("head", new Linear(bidirectional ? 14 : 7, 5));
        }

        @Override
        Tensor states(Tensor embedded) {
            return head.forward(lstm.forward(embedded).get0().select(1, -1));
        }
    }

    private static final class Transformer extends Network {
        private final TransformerEncoderLayerImpl layer;
        private final Linear head = child("head", new Linear(WIDTH, 5));

        Transformer() {
            super("Transformer");
            TransformerEncoderLayerOptions options = new TransformerEncoderLayerOptions(WIDTH, 2);
            options.dim_feedforward().put(16);
            layer = child("layer", new TransformerEncoderLayerImpl(options));
        }

        @Override
        Tensor states(Tensor embedded) {
            return head.forward(layer.forward(embedded.transpose(0, 1)).mean(0));
        }
    }

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of(Named.<Supplier<Layer>>of("LSTM", () -> new Lstm(false))),
                Arguments.of(Named.<Supplier<Layer>>of("bidirectional LSTM", () -> new Lstm(true))),
                Arguments.of(Named.<Supplier<Layer>>of("transformer", Transformer::new)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void onnxRuntimeAgrees(Supplier<Layer> make) throws OrtException {
        torch.manual_seed(6);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard();
                Layer network = make.get()) {
            network.train(false);
            try (TracedNetwork traced = TracedNetwork.of(network, SequenceExportTest::tokens);
                    OnnxSession session = new OnnxSession(OnnxExport.of(traced).model())) {
                for (int batch : new int[] {1, 2, 5}) {
                    Tensor tokens = tokens(batch);
                    Tensor difference = session.run(tokens).sub(network.forward(tokens));
                    assertThat(difference.abs().max().item_double()).isLessThan(1e-5);
                }
            }
        }
    }

    private static Tensor tokens(int batch) {
        return torch.arange(new Scalar((double) batch * LENGTH))
                .mul(new Scalar(7.0))
                .remainder(new Scalar((double) TOKENS))
                .to(ScalarType.Long)
                .reshape(batch, LENGTH);
    }
}
