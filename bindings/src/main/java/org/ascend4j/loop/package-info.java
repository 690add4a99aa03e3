/** A short training loop for a program of one's own. */
package org.ascend4j.loop;
