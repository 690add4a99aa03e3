/** Starting and supervising the rank processes of a node. */
package org.ascend4j.cli.launch;
