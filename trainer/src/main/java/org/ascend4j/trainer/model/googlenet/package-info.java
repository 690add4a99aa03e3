/**
 * GoogLeNet of the Ascend tutorial, of the Fashion tutorial and with torchvision's module structure.
 *
 * <pre>{@code
 * try (GoogLeNet model = new GoogLeNet(GoogLeNetConfig.article().withBatchNorm(true))) {
 *     StateFiles.write(Path.of("initial.safetensors"), model.stateDict(), Map.of());
 * }
 * }</pre>
 */
package org.ascend4j.trainer.model.googlenet;
