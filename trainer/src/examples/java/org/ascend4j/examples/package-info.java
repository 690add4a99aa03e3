/** Networks for the command line, each a class and a line in {@code META-INF/services}, and programs that use only the bindings. */
package org.ascend4j.examples;
