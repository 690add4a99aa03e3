/**
 * The search for settings that suit the user's data: successive halving over configurations, each a training run.
 *
 * <!-- java: DataSplits data, DeviceBackend device -->
 * <pre>{@code
 * Recipe recipe = Recipes.named("fast");
 * RunSettings settings = RunSettings.of(recipe, device, Path.of("runs/tune"));
 * Tuning search = new Tuning(settings, new BaseRecipe("fast", Map.of()), SearchSpace.ofLearningRate(recipe), data, device);
 * Duration time = Duration.ofMinutes(30);
 * long end = System.nanoTime() + time.toNanos();
 * TuneResult result = search.run(time, () -> System.nanoTime() - end > 0);
 * System.out.println(result.recipe());
 * }</pre>
 */
package org.ascend4j.trainer.tune;
