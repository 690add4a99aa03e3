/** A training run: its settings, its start, evaluation and prediction. */
package org.ascend4j.trainer.train;
