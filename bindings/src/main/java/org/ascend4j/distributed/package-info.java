/** Training on several devices and hosts: the placement of the ranks and their communication. */
package org.ascend4j.distributed;
