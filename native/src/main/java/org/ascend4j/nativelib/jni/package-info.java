/**
 * The generated mapping of the JNI library, and the rules from which it is generated.
 *
 * <p><b>Not public API</b>: it may change in any release.
 */
package org.ascend4j.nativelib.jni;
