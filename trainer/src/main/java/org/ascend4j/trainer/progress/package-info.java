/** What a run tells its listeners, and the listeners themselves. */
package org.ascend4j.trainer.progress;
