package org.ascend4j.trainer.train;

import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
import org.ascend4j.nn.Initialisation;
import org.ascend4j.nn.joint.JointLayer;
import org.ascend4j.nn.joint.JointTensor;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.ModelKind;
import org.ascend4j.trainer.model.googlenet.GoogLeNetConfig;
import org.ascend4j.trainer.model.googlenet.Stem;
import org.ascend4j.trainer.recipe.ModelSettings;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** Builds the models that recipes describe. */
public final class Models {
    private Models() {}

    /** Builds a model on the CPU, its weights drawn from torch's CPU generator; the caller owns it. */
    public static ImageClassifier create(ModelSettings settings, int channels, int outputs) {
        return ModelKind.parse(settings.kind())
                .create(config(settings).withInputChannels(channels).withClasses(outputs));
    }

    /** Moves a model to a device, ready for the fastest evaluation there. */
    public static void prepareForEvaluation(ImageClassifier model, DeviceBackend device) {
        model.to(device.device(), false);
        model.train(false);
        if (device.preferredLayout() == Layout.CHANNELS_LAST) {
            model.namedParameters().values().stream()
                    .filter(parameter -> parameter.dim() == 4)
                    .forEach(Models::storeChannelsLast);
        }
        model.economise(device.isHost());
        JointLayer.tensorsOf(model).forEach(JointTensor::join);
    }

    private static void storeChannelsLast(Tensor weight) {
        try (Tensor stored = weight.detach().contiguous(MemoryFormat.ChannelsLast)) {
            weight.set_data(stored);
        }
    }

    /** Returns a recipe's network with its kind's channels and classes. */
    static GoogLeNetConfig config(ModelSettings settings) {
        return configure(ModelKind.parse(settings.kind()).defaults(), settings);
    }

    private static GoogLeNetConfig configure(GoogLeNetConfig defaults, ModelSettings settings) {
        GoogLeNetConfig config = defaults;
        if (settings.stem() != null) {
            config = config.withStem(Stem.parse(settings.stem()));
        }
        if (settings.batchNorm() != null) {
            config = config.withBatchNorm(settings.batchNorm());
        }
        if (settings.lrn() != null) {
            config = config.withLocalResponseNorm(settings.lrn());
        }
        if (settings.aux() != null) {
            config = config.withAuxiliaryHeads(settings.aux());
        }
        if (settings.dropout() != null) {
            config = config.withDropout(settings.dropout());
        }
        if (settings.initialisation() != null) {
            config = config.withInitialisation(Initialisation.parse(settings.initialisation()));
        }
        return config;
    }
}
