/** Devices of torch_npu: memory, random state, streams, events, options. */
package org.ascend4j.nativelib.npu;
