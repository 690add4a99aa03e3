/** State dicts and the files that hold them, read and written without Python. */
package org.ascend4j.state;
