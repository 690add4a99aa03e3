/**
 * Mixed precision regions.
 *
 * <p><b>Not public API</b>: it may change in any release.
 */
package org.ascend4j.nativelib.autocast;
