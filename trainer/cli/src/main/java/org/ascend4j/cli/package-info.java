/** The command line: one class per subcommand. */
package org.ascend4j.cli;
