/**
 * Computations of layers for which torch has no operator.
 *
 * <p><b>Not public API</b>: it may change in any release.
 */
package org.ascend4j.nativelib.nn;
