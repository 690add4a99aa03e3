/** A quick measurement for users: training and evaluation speed compared with the machine's limit. */
package org.ascend4j.cli.bench;
