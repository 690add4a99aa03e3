/** The images that {@code predict} is given, and the forms in which it answers. */
package org.ascend4j.cli.predict;
