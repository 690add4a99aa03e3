/**
 * Tensors of several layers in adjacent memory, computed as one for speed.
 *
 * <p><b>Not public API</b>: the trainer's GoogLeNet uses this package; it may change in any release.
 */
package org.ascend4j.nn.joint;
