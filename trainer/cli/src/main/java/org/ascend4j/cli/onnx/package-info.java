/** Exported models in ONNX Runtime: predictions, and the check of an export. */
package org.ascend4j.cli.onnx;
