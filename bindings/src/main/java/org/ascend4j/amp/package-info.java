/** Mixed precision: scaling of the loss. */
package org.ascend4j.amp;
