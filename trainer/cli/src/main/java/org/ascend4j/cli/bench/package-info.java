/** A user's own quick measurement: training and evaluation speed beside the machine's limit. */
package org.ascend4j.cli.bench;
