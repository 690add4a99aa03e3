package org.ascend4j.examples;

import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.nn.Embedding;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.Linear;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.Tensor;

/** Trains an LSTM, one of the presets' modules, on {@link MarkerTask}: {@code SequenceLstm cpu 300}. */
public final class SequenceLstm {
    private static final long WIDTH = 32;

    private SequenceLstm() {}

    /** Maps tokens, {@code N x L}, to the logits of the answer, {@code N x TOKENS}. */
    private static final class Network extends Layer {
        private final Embedding embedding = child("embedding", new Embedding(MarkerTask.TOKENS, WIDTH));
        private final LSTMImpl lstm = child("lstm", new LSTMImpl(options()));
        private final Linear head = child("head", new Linear(WIDTH, MarkerTask.TOKENS));

        Network() {
            super("SequenceLstm");
        }

        private static LSTMOptions options() {
            LSTMOptions options = new LSTMOptions(WIDTH, WIDTH);
            options.batch_first().put(true);
            return options;
        }

        @Override
        protected Tensor compute(Tensor tokens) {
            Tensor states = lstm.forward(embedding.forward(tokens)).get0();
            return head.forward(states.select(1, -1));
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
