/** Listeners and the data that a run passes to them. */
package org.ascend4j.trainer.progress;
