/** The help of the command line: grouped options, completion, the manual page. */
package org.ascend4j.cli.help;
