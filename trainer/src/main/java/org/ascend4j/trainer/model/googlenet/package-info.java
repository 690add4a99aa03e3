/** GoogLeNet of the article, of text 000 and with torchvision's module structure. */
package org.ascend4j.trainer.model.googlenet;
