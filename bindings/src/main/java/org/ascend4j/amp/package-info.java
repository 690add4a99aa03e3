/** Mixed precision: loss scaling. */
package org.ascend4j.amp;
