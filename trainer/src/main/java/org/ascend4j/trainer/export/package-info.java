/** Export of trained models to other formats: ONNX, TorchScript, safetensors, and the files that Ascend's ATC needs. */
package org.ascend4j.trainer.export;
