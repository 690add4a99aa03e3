/** The display of a run's progress on a terminal. */
package org.ascend4j.cli.console;
