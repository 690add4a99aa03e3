/** The computing process: the libtorch that it has loaded, its threads, memory and signals, and the CANN installation that it uses. */
package org.ascend4j.runtime;
