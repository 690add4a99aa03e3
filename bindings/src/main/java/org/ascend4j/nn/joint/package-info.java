/**
 * <b>Not public API</b>: tensors of several layers in adjacent memory, computed as one for speed.
 *
 * <p>The trainer's GoogLeNet uses this package; it may change in any release.
 */
package org.ascend4j.nn.joint;
