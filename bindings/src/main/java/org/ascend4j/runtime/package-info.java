/**
 * The computing process: the libtorch that it has loaded, its threads, memory and signals, and the CANN installation that it uses.
 *
 * <pre>{@code
 * TorchRuntime.load();
 * TorchRuntime.setThreads(4);
 * System.out.println(TorchRuntime.cpuCapability());
 * }</pre>
 */
package org.ascend4j.runtime;
