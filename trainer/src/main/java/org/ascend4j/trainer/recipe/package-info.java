/** Recipes as files and as records, and overrides of their settings. */
package org.ascend4j.trainer.recipe;
