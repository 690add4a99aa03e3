/**
 * Stores and process groups of c10d without Python.
 *
 * <p><b>Not public API</b>: it may change in any release.
 */
package org.ascend4j.nativelib.distributed;
