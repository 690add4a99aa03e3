/** Measures the time of a step by phase and operator. */
package org.ascend4j.trainer.profile;
