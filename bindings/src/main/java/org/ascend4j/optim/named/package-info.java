/** Optimisers and schedules by name, and their settings: new ones register themselves as services. */
package org.ascend4j.optim.named;
