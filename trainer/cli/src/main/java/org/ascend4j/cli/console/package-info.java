/** How a run shows its progress on a terminal. */
package org.ascend4j.cli.console;
