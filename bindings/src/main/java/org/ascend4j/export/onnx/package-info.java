/** Traced networks as ONNX models; needs {@code org.tribuo:tribuo-util-onnx} beside this library. */
package org.ascend4j.export.onnx;
