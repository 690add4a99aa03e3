/** GoogLeNet of the Ascend tutorial, of the Fashion tutorial and with torchvision's module structure. */
package org.ascend4j.trainer.model.googlenet;
