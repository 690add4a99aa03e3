/** Records when torch's operators run. */
package org.ascend4j.nativelib.profile;
