package org.ascend4j.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import org.ascend4j.export.TracedNetwork;
import org.ascend4j.nn.Layer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Compares networks with the results of their exported models in ONNX Runtime. */
final class ExportedNetworks {
    private ExportedNetworks() {}

    /** Exports with the lowest and the highest opset, and compares batches of 1, 2 and 5. */
    static void compare(Layer network, long... extents) throws OrtException {
        try (TracedNetwork traced = TracedNetwork.of(network, extents)) {
            for (int opset : new int[] {11, 13}) {
                compare(network, OnnxExport.of(traced).opset(opset).model(), extents);
            }
        }
    }

    /** Compares batches of 1, 2 and 5. */
    static void compare(Layer network, OnnxModel model, long... extents) throws OrtException {
        try (OnnxSession session = new OnnxSession(model)) {
            for (long batch : new long[] {1, 2, 5}) {
                long[] shape = new long[extents.length + 1];
                shape[0] = batch;
                System.arraycopy(extents, 0, shape, 1, extents.length);
                Tensor input = torch.randn(shape);
                Tensor expected = network.forward(input.clone());
                Tensor found = session.run(input);
                assertThat(found.shape()).isEqualTo(expected.shape());
                assertThat(found.sub(expected).abs().max().item_double()).isLessThan(1e-5);
            }
        }
    }
}
