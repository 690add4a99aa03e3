/**
 * <b>Not public API</b>: tensors of several layers that lie together and are computed as one, for speed.
 *
 * <p>The trainer's GoogLeNet is made of it; it may change in any release.
 */
package org.ascend4j.nn.joint;
