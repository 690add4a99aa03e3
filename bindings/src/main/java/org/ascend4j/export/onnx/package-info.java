/** Converts traced networks to ONNX models; needs {@code org.tribuo:tribuo-util-onnx} in addition to this library. */
package org.ascend4j.export.onnx;
