/**
 * A training run: its settings, its start, evaluation and prediction.
 *
 * <!-- java: byte[] image -->
 * <pre>{@code
 * DataSplits data = DataSources.parse("shapes", DataSettings.defaults()).load(ProgressSink.NONE);
 * try (DeviceBackend device = Devices.open(DeviceSpec.parse("cpu"))) {
 *     RunSettings settings = RunSettings.of(Recipes.named("shapes"), device, Path.of("runs/first"));
 *     RunResult result = new Training(settings, data, device).run();
 *     try (TrainedModel trained = TrainedModel.open(Path.of("runs/first/best.ckpt"), device)) {
 *         Predictor predictor = new Predictor(trained, device);
 *         System.out.println(predictor.predict(List.of(image), 3));    // C x H x W bytes
 *     }
 * }
 * }</pre>
 *
 * <p><img src="doc-files/run.svg" width="760" alt="A run: recipe, data and device go into Training; each epoch draws a plan, runs its steps
 * (batch, forward, loss, backward, update), evaluates and writes metrics and checkpoints; at the end come the result and the report page.">
 */
package org.ascend4j.trainer.train;
