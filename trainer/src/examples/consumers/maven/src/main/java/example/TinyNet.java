package example;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ascend4j.nn.AdaptiveAvgPool2d;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.Sequential;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelFactory;
import org.bytedeco.pytorch.Tensor;

/** Two convolutions and a fully connected layer. */
public final class TinyNet extends ImageClassifier {
    private final int channels;
    private final int outputs;
    private final Sequential body;

    TinyNet(int channels, int outputs) {
        super("TinyNet");
        this.channels = channels;
        this.outputs = outputs;
        body = child(
                "body",
                new Sequential(
                        Conv2d.of(channels, 16, 3).stride(2).padding(1).bias(false).build(),
                        new BatchNorm2d(16),
                        new ReLU(true),
                        Conv2d.of(16, 32, 3).stride(2).padding(1).build(),
                        new ReLU(true),
                        new AdaptiveAvgPool2d(1),
                        new Flatten(),
                        new Linear(32, outputs)));
    }

    @Override
    protected Tensor compute(Tensor images) {
        return body.forward(images);
    }

    @Override
    public String modelName() {
        return "tiny";
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public ImageClassifier emptyCopy() {
        return new TinyNet(channels, outputs);
    }

    /** Makes the network for the recipe setting {@code model.kind: tiny}. */
    public static final class Factory implements ModelFactory {
        @Override
        public String name() {
            return "tiny";
        }

        @Override
        public String description() {
            return "two convolutions and a fully connected layer";
        }

        @Override
        public ImageClassifier create(int channels, int outputs, ObjectNode settings) {
            return new TinyNet(channels, outputs);
        }
    }
}
