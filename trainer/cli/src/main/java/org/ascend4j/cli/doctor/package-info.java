/** Checks everything between this process and the device, in the order of dependencies. */
package org.ascend4j.cli.doctor;
