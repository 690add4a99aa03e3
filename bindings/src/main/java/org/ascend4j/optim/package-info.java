/** Optimisers over flat parameter buffers, and schedules of their settings. */
package org.ascend4j.optim;
