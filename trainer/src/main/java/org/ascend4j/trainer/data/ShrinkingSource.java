package org.ascend4j.trainer.data;

import java.util.stream.IntStream;

/**
 * Another source's images; those larger than a side length are shrunk to it. Smaller ones are enlarged on the device
 * batch by batch, which costs no memory for the whole set.
 *
 * @param source the other source
 * @param side rows and columns wanted
 */
record ShrinkingSource(DataSource source, int side) implements DataSource {
    @Override
    public String name() {
        return source.name();
    }

    @Override
    public DataSplits load(ProgressSink progress) {
        DataSplits splits = source.load(progress);
        return splits.train().height() > side || splits.train().width() > side
                ? new DataSplits(
                        shrink(splits.train()),
                        shrink(splits.test()),
                        splits.validation() == null ? null : shrink(splits.validation()),
                        splits.fit())
                : splits;
    }

    private ImageSet shrink(ImageSet images) {
        int bytes = images.channels() * side * side;
        PixelStore pixels = new PixelStore(bytes).reserve(images.size());
        byte[] image = new byte[(int) images.imageBytes()];
        int[] labels = new int[images.size()];
        for (int i = 0; i < labels.length; i++) {
            images.pixels(i, 1).get(image);
            byte[] small = BilinearResize.resize(image, images.channels(), images.height(), images.width(), side, side);
            pixels.put(i, small, 0);
            labels[i] = images.label(i);
        }
        int[] places = IntStream.range(0, labels.length).toArray();
        return new ImageSet(images.channels(), side, side, pixels, places, labels, images.classNames());
    }
}
