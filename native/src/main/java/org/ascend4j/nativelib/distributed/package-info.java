/** Stores and process groups of c10d without Python. */
package org.ascend4j.nativelib.distributed;
