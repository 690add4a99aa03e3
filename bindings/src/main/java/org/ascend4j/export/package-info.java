/** Networks as graphs of operators, and the files of other runtimes that are made of them. */
package org.ascend4j.export;
