/** GoogLeNet in the article's, text 000's and torchvision's forms, their parameter names, and the layer-by-layer summary. */
package org.ascend4j.trainer.model;
