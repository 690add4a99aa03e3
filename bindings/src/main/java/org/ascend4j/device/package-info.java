/** Devices by name, the {@code DeviceBackend} seam and the back ends behind it: cpu, cuda, npu. */
package org.ascend4j.device;
