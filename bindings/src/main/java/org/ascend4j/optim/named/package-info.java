/** Optimisers and schedules by name, and their settings; new ones are registered as services. */
package org.ascend4j.optim.named;
