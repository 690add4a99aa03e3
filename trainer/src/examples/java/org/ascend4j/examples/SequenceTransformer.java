package org.ascend4j.examples;

import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.nn.Embedding;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.Linear;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TransformerEncoderLayerImpl;
import org.bytedeco.pytorch.TransformerEncoderLayerOptions;
import org.bytedeco.pytorch.global.torch;

/** Trains a small transformer encoder made of the presets' layers on {@link MarkerTask}: {@code SequenceTransformer cpu 300}. */
public final class SequenceTransformer {
    private static final long WIDTH = 32;
    private static final long HEADS = 4;

    private SequenceTransformer() {}

    /** Maps tokens, {@code N x L}, to the logits of the answer, {@code N x TOKENS}. */
    private static final class Network extends Layer {
        private final Embedding embedding = child("embedding", new Embedding(MarkerTask.TOKENS, WIDTH));
        private final Tensor positions = parameter("positions", torch.randn(MarkerTask.LENGTH, 1, WIDTH));
        private final TransformerEncoderLayerImpl first = child("first", new TransformerEncoderLayerImpl(options()));
        private final TransformerEncoderLayerImpl second = child("second", new TransformerEncoderLayerImpl(options()));
        private final Linear head = child("head", new Linear(WIDTH, MarkerTask.TOKENS));

        Network() {
            super("SequenceTransformer");
        }

        private static TransformerEncoderLayerOptions options() {
            TransformerEncoderLayerOptions options = new TransformerEncoderLayerOptions(WIDTH, HEADS);
            options.dim_feedforward().put(4 * WIDTH);
            options.dropout().put(0);
            return options;
        }

        @Override
        protected Tensor compute(Tensor tokens) {
            // libtorch's layer expects L x N x WIDTH.
            Tensor states = embedding.forward(tokens).transpose(0, 1).add(positions);
            return head.forward(second.forward(first.forward(states)).mean(0));
        }
    }

    /** Trains on a device for a number of steps. */
    public static void main(String[] arguments) {
        try (DeviceBackend device = Devices.open(DeviceSpec.parse(arguments[0]))) {
            device.seed(1);
            try (Network network = new Network()) {
                MarkerTask.train(device, network, Integer.parseInt(arguments[1]));
            }
        }
    }
}
