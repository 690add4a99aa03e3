/** GoogLeNet of the article, of text 000 and in the tree of torchvision. */
package org.ascend4j.trainer.model.googlenet;
