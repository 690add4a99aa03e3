/** Checkpoints of a run: what they hold, their files, the newest whole one. */
package org.ascend4j.trainer.checkpoint;
