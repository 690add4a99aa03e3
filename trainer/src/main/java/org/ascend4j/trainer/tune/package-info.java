/** The search for settings that suit the user's data: successive halving over configurations, each a training run. */
package org.ascend4j.trainer.tune;
