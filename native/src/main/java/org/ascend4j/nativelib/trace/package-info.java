/** Forward passes recorded as graphs of torch's operators. */
package org.ascend4j.nativelib.trace;
