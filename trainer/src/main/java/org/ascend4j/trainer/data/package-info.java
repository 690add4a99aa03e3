/** Data sets as uint8 images in memory with labels: readers, the downloader, generated shapes. */
package org.ascend4j.trainer.data;
