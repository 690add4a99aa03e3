/** Trained models as files of other runtimes: ONNX, TorchScript, safetensors, and what Ascend's ATC needs. */
package org.ascend4j.trainer.export;
