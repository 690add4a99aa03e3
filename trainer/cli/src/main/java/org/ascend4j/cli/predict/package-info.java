/** The input images of {@code predict}, and its output formats. */
package org.ascend4j.cli.predict;
