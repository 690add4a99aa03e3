/**
 * State dicts and their files, which are read and written without Python.
 *
 * <pre>{@code
 * try (PointerScope scope = new PointerScope()) {
 *     StateDict weights = StateFiles.read(Path.of("resnet18.pt"));
 *     StateFiles.write(Path.of("resnet18.safetensors"), weights, Map.of());
 * }
 * }</pre>
 */
package org.ascend4j.state;
