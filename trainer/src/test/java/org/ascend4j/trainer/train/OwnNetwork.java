package org.ascend4j.trainer.train;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.ascend4j.nn.AdaptiveAvgPool2d;
import org.ascend4j.nn.BatchNorm2d;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.nn.Dropout;
import org.ascend4j.nn.Flatten;
import org.ascend4j.nn.Linear;
import org.ascend4j.nn.ReLU;
import org.ascend4j.nn.Sequential;
import org.ascend4j.trainer.model.ImageClassifier;
import org.bytedeco.pytorch.Tensor;

/** A user's network without a factory: a convolution, given layers after it, and a linear layer. */
final class OwnNetwork extends ImageClassifier {
    private final boolean batchNorm;
    private final double dropout;
    private final Sequential body;

    OwnNetwork(boolean batchNorm, double dropout) {
        super("OwnNetwork");
        this.batchNorm = batchNorm;
        this.dropout = dropout;
        Sequential layers = new Sequential().add("conv", new Conv2d(3, 8, 3, 2, 1, true));
        if (batchNorm) {
            layers.add("bn", new BatchNorm2d(8));
        }
        body = child(
                "body",
                layers.add("relu", new ReLU(true))
                        .add("pool", new AdaptiveAvgPool2d(2))
                        .add("flatten", new Flatten())
                        .add("dropout", new Dropout(dropout))
                        .add("fc", new Linear(32, 10)));
    }

    @Override
    protected Tensor compute(Tensor images) {
        return body.forward(images);
    }

    @Override
    public String modelName() {
        return "own-network";
    }

    @Override
    public ObjectNode modelSettings() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("batch_norm", batchNorm)
                .put("dropout", dropout);
    }

    @Override
    public int outputs() {
        return 10;
    }

    @Override
    public ImageClassifier emptyCopy() {
        return new OwnNetwork(batchNorm, dropout);
    }
}
