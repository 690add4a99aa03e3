/**
 * Functions that the JavaCPP presets for PyTorch lack, in a JNI library that is loaded at first use.
 *
 * <p><b>Not public API</b>: it may change in any release.
 */
package org.ascend4j.nativelib;
