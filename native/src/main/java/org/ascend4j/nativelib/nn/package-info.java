/** Computations of layers for which torch has no operator. */
package org.ascend4j.nativelib.nn;
