/** CPython embedded in this process. */
package org.ascend4j.nativelib.python;
