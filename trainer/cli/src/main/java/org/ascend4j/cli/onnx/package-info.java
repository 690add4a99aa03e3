/** Exported models in ONNX Runtime: predictions, and the check of what was exported. */
package org.ascend4j.cli.onnx;
