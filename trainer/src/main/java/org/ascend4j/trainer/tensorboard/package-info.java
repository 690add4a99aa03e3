/** Event files for TensorBoard. */
package org.ascend4j.trainer.tensorboard;
