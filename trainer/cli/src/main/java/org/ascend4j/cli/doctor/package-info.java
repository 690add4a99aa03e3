/** Checks every link between this process and the device, in the order in which they depend on each other. */
package org.ascend4j.cli.doctor;
