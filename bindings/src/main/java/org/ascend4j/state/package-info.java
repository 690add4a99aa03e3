/** State dicts and their files, which are read and written without Python. */
package org.ascend4j.state;
