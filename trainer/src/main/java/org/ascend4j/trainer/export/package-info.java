/**
 * Export of trained models to other formats: ONNX, TorchScript, safetensors, and the files that Ascend's ATC needs.
 *
 * <pre>{@code
 * try (ExportableModel model = ExportableModel.open(Path.of("runs/first/best.ckpt"), Preprocessing.INSIDE)) {
 *     model.toOnnx(13, true).write(Path.of("model.onnx"));
 * }
 * }</pre>
 */
package org.ascend4j.trainer.export;
