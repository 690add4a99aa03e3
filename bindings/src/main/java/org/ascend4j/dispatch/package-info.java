/** Calls to operators that the presets do not map, through torch's dispatcher. */
package org.ascend4j.dispatch;
