/**
 * Checkpoints of a run: their content, their files, and the search for the newest intact one.
 *
 * <pre>{@code
 * try (PointerScope scope = new PointerScope()) {
 *     Checkpoint last = Checkpoint.read(new CheckpointFolder(Path.of("runs/first")).newestWhole());
 *     StateDict weights = last.evaluated();
 * }
 * }</pre>
 */
package org.ascend4j.trainer.checkpoint;
