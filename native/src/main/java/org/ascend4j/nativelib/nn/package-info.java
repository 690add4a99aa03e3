/** Layers' computations that torch has no operator for. */
package org.ascend4j.nativelib.nn;
