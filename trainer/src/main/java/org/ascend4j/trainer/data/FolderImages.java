package org.ascend4j.trainer.data;

import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a folder in the order they were added, brought to one size: the one asked for, else their own as long as all are alike, else the first one's
 * shorter side, but 32 to 224.
 */
final class FolderImages {
    private static final Logger LOG = LoggerFactory.getLogger(FolderImages.class);
    private static final int LEAST_SIDE = 32;
    private static final int MOST_SIDE = 224;

    private OptionalInt side;
    private PixelStore store;
    private int height;
    private int width;
    private int size;

    FolderImages(OptionalInt side) {
        this.side = side;
    }

    /** Adds an image, the next one. */
    void add(RgbImage image) {
        if (store == null) {
            height = side.orElse(image.height());
            width = side.orElse(image.width());
            store = new PixelStore(RgbImage.CHANNELS * height * width);
        } else if (side.isEmpty() && (image.height() != height || image.width() != width)) {
            fit(Math.min(MOST_SIDE, Math.max(LEAST_SIDE, Math.min(height, width))));
        }
        RgbImage fitting = image.height() == height && image.width() == width ? image : ImageFit.square(image, height);
        store.put(size++, fitting.planes(), 0);
    }

    /** Fits the images that were alike so far. */
    private void fit(int chosen) {
        LOG.info(
                "The images differ in size: the shorter side of each becomes {} pixels and the middle {}x{} is taken;"
                        + " --resize sets another side.",
                chosen,
                chosen,
                chosen);
        PixelStore fitted = new PixelStore(RgbImage.CHANNELS * chosen * chosen);
        byte[] planes = new byte[RgbImage.CHANNELS * height * width];
        for (int i = 0; i < size; i++) {
            store.image(i).get(planes);
            fitted.put(i, ImageFit.square(planes, RgbImage.CHANNELS, height, width, chosen), 0);
        }
        store = fitted;
        height = chosen;
        width = chosen;
        side = OptionalInt.of(chosen);
    }

    /** Returns a set that shares the images. */
    ImageSet set(FolderSplit split, List<FolderSplit.Sample> samples) {
        int[] places = new int[samples.size()];
        int[] labels = new int[samples.size()];
        for (int i = 0; i < labels.length; i++) {
            places[i] = samples.get(i).index();
            labels[i] = split.classNames().indexOf(samples.get(i).className());
        }
        return new ImageSet(RgbImage.CHANNELS, height, width, store, places, labels, split.classNames());
    }
}
