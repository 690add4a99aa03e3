/** A compact training loop for your own programs. */
package org.ascend4j.loop;
