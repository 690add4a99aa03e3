/**
 * Recipes as files and as records, and overrides of their settings.
 *
 * <pre>{@code
 * Recipe fast = Recipes.named("fast");
 * Recipe shorter = Recipes.bind(Recipes.override(Recipes.tree("fast"), Map.of("epochs", "5", "optimizer.lr", "0.01")));
 * }</pre>
 */
package org.ascend4j.trainer.recipe;
