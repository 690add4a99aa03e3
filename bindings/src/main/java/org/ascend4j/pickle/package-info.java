/**
 * The project's only reader of Python's pickles: plain values and the few classes that a caller names, within limits, without running code.
 *
 * <p><b>Not public API</b>: it may change in any release.
 * State dicts are read by {@link org.ascend4j.state.StateFiles}.
 */
package org.ascend4j.pickle;
