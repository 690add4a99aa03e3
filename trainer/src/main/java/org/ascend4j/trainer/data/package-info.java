/** Data sets as resident uint8 images with labels: readers, the downloader, generated shapes. */
package org.ascend4j.trainer.data;
