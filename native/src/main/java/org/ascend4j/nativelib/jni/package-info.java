/** The generated mapping of the JNI library, and the rules from which it is generated. */
package org.ascend4j.nativelib.jni;
