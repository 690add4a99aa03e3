/** What the command line says of itself: grouped help, completion, the manual page. */
package org.ascend4j.cli.help;
