/** The input pipeline: the epoch's plan, batched augmentation and normalisation on the device. */
package org.ascend4j.trainer.input;
