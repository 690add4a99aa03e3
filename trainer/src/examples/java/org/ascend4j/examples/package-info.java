/** Networks for the command line, each a class and a line in {@code META-INF/services}, and plain programs on the bindings alone. */
package org.ascend4j.examples;
