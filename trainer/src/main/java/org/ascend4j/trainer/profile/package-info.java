/** Where the time of a step goes, by phase and operator. */
package org.ascend4j.trainer.profile;
