/** Recipes, as files and as records, and what overrides them. */
package org.ascend4j.trainer.recipe;
