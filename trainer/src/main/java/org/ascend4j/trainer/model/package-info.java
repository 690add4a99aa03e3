/**
 * The interface between a network and a run: image classifiers, models by name, the layer-by-layer summary.
 *
 * <pre>{@code
 * try (ImageClassifier model = Models.create("googlenet", 3, 10, Map.of())) {
 *     System.out.println(SummaryTable.format(ModelSummary.of(model, 3, 32, 32), 2));
 * }
 * }</pre>
 *
 * <p>A network of your own is a subclass of {@link org.ascend4j.trainer.model.ImageClassifier}; a {@link org.ascend4j.trainer.model.ModelFactory}, registered
 * as a service, gives it a name.
 */
package org.ascend4j.trainer.model;
