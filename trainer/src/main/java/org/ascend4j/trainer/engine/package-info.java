/** Not public API: the training loop, the replicas of a model, the results of steps, and the output folder of a run. */
package org.ascend4j.trainer.engine;
