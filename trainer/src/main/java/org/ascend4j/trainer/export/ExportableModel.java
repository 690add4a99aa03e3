package org.ascend4j.trainer.export;

import java.nio.file.Path;
import java.util.Map;
import org.ascend4j.export.SampleImages;
import org.ascend4j.export.TracedNetwork;
import org.ascend4j.export.onnx.OnnxExport;
import org.ascend4j.export.onnx.OnnxModel;
import org.ascend4j.nn.Layer;
import org.ascend4j.nn.Sequential;
import org.ascend4j.state.PtFile;
import org.ascend4j.state.SafetensorsFile;
import org.ascend4j.state.StateDict;
import org.ascend4j.trainer.checkpoint.Checkpoint;
import org.ascend4j.trainer.checkpoint.RunDescription;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.model.Models;
import org.ascend4j.trainer.model.StateLoader;
import org.ascend4j.trainer.recipe.ModelSettings;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A checkpoint's network on the host, with or without its preprocessing, ready to be written in other formats.
 *
 * @since 0.1.0
 */
public final class ExportableModel implements AutoCloseable {
    /** The name of the model's only input. */
    public static final String INPUT = "input";

    /** The name of the model's only output, {@code N x outputs}. */
    public static final String OUTPUT = "logits";

    private final ModelCard card;
    private final Layer network;

    private ExportableModel(ModelCard card, Layer network) {
        this.card = card;
        this.network = network;
    }

    /** Reads a checkpoint whose model has a registered {@link org.ascend4j.trainer.model.ModelFactory}. */
    public static ExportableModel open(Path checkpoint, Preprocessing preprocessing) {
        try (PointerScope scope = new PointerScope()) {
            Checkpoint read = Checkpoint.read(checkpoint);
            RunDescription run = read.run();
            ModelSettings model = run.recipe().model();
            ImageClassifier network = Models.create(model.kind(), run.channels(), run.outputs(), model.settings());
            try {
                StateLoader.load(network, read.evaluated());
            } catch (RuntimeException | Error e) {
                network.close();
                throw e;
            }
            return of(network, ModelCard.of(run, preprocessing));
        }
    }

    /** Makes an exportable model from a network and its description; closing the result closes the network. */
    public static ExportableModel of(ImageClassifier network, ModelCard card) {
        boolean beside = card.preprocessing() == Preprocessing.BESIDE;
        Layer whole = beside
                ? network
                : new Sequential().add("preparation", new Preparation(card)).add("network", network);
        whole.train(false);
        return new ExportableModel(card, whole);
    }

    /** Returns the description of the model. */
    public ModelCard card() {
        return card;
    }

    /** Computes the logits of images such as {@link #images} returns; the result belongs to the caller's scope. */
    public Tensor forward(Tensor images) {
        return network.forward(images);
    }

    /** Makes images in the format that the model takes, all of them different; they belong to the caller's scope. */
    public Tensor images(int batch) {
        Tensor waves = SampleImages.of(batch, card.modelInput());
        return switch (card.preprocessing()) {
            case BESIDE -> waves;
            case INSIDE -> waves.add(new Scalar(1.0)).mul(new Scalar(127.5)).to(ScalarType.Byte);
            case INSIDE_UNIT -> waves.add(new Scalar(1.0)).mul(new Scalar(0.5));
        };
    }

    /**
     * Makes an ONNX model with a variable batch size.
     *
     * @param opset 11 to 13
     * @param foldBatchNorm whether to merge each batch norm into the weights of the convolution before it
     */
    public OnnxModel toOnnx(int opset, boolean foldBatchNorm) {
        try (TracedNetwork traced = TracedNetwork.of(network, this::images)) {
            return OnnxExport.of(traced)
                    .opset(opset)
                    .foldBatchNorm(foldBatchNorm)
                    .names(INPUT, OUTPUT)
                    .metadata(card.toMetadata())
                    .model();
        }
    }

    /** Writes a TorchScript file, which {@code torch.jit.load} reads without the network's source; it contains the card as {@code metadata.json}. */
    public void writeTorchScript(Path file) {
        try (TracedNetwork traced = TracedNetwork.of(network, this::images)) {
            traced.writeTorchScript(file, card.toJson());
        }
    }

    /** Writes the weights in the format of {@code torch.save}. */
    public void writePt(Path file) {
        PtFile.write(file, state());
    }

    /** Writes the weights in the safetensors format, with the card as metadata. */
    public void writeSafetensors(Path file) {
        SafetensorsFile.write(file, state(), Map.copyOf(card.toMetadata()));
    }

    private StateDict state() {
        return network.stateDict();
    }

    @Override
    public void close() {
        network.close();
    }
}
