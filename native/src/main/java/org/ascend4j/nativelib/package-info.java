/** Functions that the JavaCPP presets for PyTorch lack, in a JNI library that is loaded at first use. */
package org.ascend4j.nativelib;
