/**
 * Forward passes recorded as graphs of torch's operators.
 *
 * <p><b>Not public API</b>: it may change in any release.
 */
package org.ascend4j.nativelib.trace;
