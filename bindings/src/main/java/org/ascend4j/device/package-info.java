/**
 * Devices by name, the {@code DeviceBackend} interface, and its implementations: cpu, cuda, npu.
 *
 * <pre>{@code
 * try (DeviceBackend device = Devices.open(DeviceSpec.parse("npu:0")); PointerScope scope = new PointerScope()) {
 *     device.seed(7);
 *     System.out.println(device.name() + " computes in " + device.precisions());
 *     Tensor images = torch.randn(8, 3, 32, 32).to(device.device(), torch.ScalarType.Float);
 * }
 * }</pre>
 *
 * <p><img src="doc-files/devices.svg" width="760" alt="Devices.open loads a libtorch for cpu and cuda; for npu it loads torch_npu as well, through an embedded
 * Python or directly, and torch_npu calls CANN.">
 *
 * <p>Open the device before the first layer is made: it decides which libtorch the process loads.
 */
package org.ascend4j.device;
