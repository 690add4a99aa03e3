/** Optimisers over flat parameter buffers, and schedules for their settings. */
package org.ascend4j.optim;
