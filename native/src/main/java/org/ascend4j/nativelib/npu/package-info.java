/**
 * Devices of torch_npu: memory, random state, streams, events, options.
 *
 * <p><b>Not public API</b>: it may change in any release.
 */
package org.ascend4j.nativelib.npu;
