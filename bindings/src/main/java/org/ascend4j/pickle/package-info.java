/** The project's only reader of Python's pickles: plain values and the few classes that a caller names, within limits, without running code. */
package org.ascend4j.pickle;
