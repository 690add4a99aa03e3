/** The training loop, evaluation and prediction, listeners, interruption. */
package org.ascend4j.trainer.train;
