/** The interface between a network and a run: image classifiers, models by name, the layer-by-layer summary. */
package org.ascend4j.trainer.model;
