/** Event files that TensorBoard shows. */
package org.ascend4j.trainer.tensorboard;
