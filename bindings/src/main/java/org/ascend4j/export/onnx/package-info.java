/**
 * Converts traced networks to ONNX models; needs {@code org.tribuo:tribuo-util-onnx} in addition to this library.
 *
 * <!-- java: TracedNetwork traced -->
 * <pre>{@code
 * OnnxExport.of(traced).opset(13).foldBatchNorm(true).model().write(Path.of("network.onnx"));
 * }</pre>
 */
package org.ascend4j.export.onnx;
