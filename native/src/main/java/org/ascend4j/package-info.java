/**
 * Ascend4J: training on Huawei Ascend NPUs, GPUs and CPUs from Java.
 *
 * <p>{@link org.ascend4j.Ascend4jException} reports every problem that a user can solve. The other types of this package format the sentences of such
 * errors; the modules of this project share them, and they are not public API.
 */
package org.ascend4j;
