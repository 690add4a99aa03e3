/** Devices by name, the {@code DeviceBackend} interface, and its implementations: cpu, cuda, npu. */
package org.ascend4j.device;
