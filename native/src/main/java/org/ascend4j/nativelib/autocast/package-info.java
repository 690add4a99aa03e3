/** Mixed precision regions. */
package org.ascend4j.nativelib.autocast;
