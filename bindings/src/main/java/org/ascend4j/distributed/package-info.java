/** Training on several devices and hosts: where the ranks are, and how they work together. */
package org.ascend4j.distributed;
