/** The command line: one class per sub-command. */
package org.ascend4j.cli;
