/** Networks as graphs of operators, and conversion of the graphs to the file formats of other runtimes. */
package org.ascend4j.export;
