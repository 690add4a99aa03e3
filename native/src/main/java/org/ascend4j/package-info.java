/** Ascend4J: training on Huawei Ascend NPUs, GPUs and CPUs from Java. */
package org.ascend4j;
