/** The process that computes: which libtorch it has loaded, its threads, memory and signals, the CANN around it. */
package org.ascend4j.runtime;
