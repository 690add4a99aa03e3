/**
 * Data sets as uint8 images in memory with labels: readers, the downloader, generated shapes.
 *
 * <pre>{@code
 * DataSplits files = DataSources.parse("folder:photographs", DataSettings.defaults()).load(ProgressSink.NONE);
 *
 * byte[] pixels = new byte[2 * 3 * 32 * 32];    // two black images, N x C x H x W
 * ImageSet own = new ImageSet(3, 32, 32, pixels, new int[] {0, 1}, List.of("cat", "dog"));
 * DataSplits both = new DataSplits(own, own);
 * }</pre>
 */
package org.ascend4j.trainer.data;
