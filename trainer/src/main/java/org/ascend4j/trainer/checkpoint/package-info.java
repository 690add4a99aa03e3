/** Checkpoints of a run: their content, their files, and the search for the newest intact one. */
package org.ascend4j.trainer.checkpoint;
