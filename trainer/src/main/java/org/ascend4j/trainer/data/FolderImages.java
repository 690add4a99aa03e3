package org.ascend4j.trainer.data;

import java.util.List;
import java.util.OptionalInt;

/**
 * The images of a folder in the order they were added, brought to one size: the one asked for, else their own as long as all are alike, else the first one's
 * shorter side, but 32 to 224.
 */
final class FolderImages {
    private static final int LEAST_SIDE = 32;
    private static final int MOST_SIDE = 224;

    private final SizeRange sizes = new SizeRange();
    private OptionalInt side;
    private PixelStore store;
    private int height;
    private int width;
    private int size;

    FolderImages(OptionalInt side) {
        this.side = side;
    }

    /** Adds an image, the next one. */
    void add(FittedImage fitted) {
        sizes.add(fitted.height(), fitted.width());
        RgbImage image = fitted.image();
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

    /** Says what became of images of other sizes; empty if there were none. */
    String fit() {
        return sizes.areAll(height, width)
                ? ""
                : "Images of " + sizes + " pixels are fitted: the shorter side of each becomes " + height
                        + " and the middle " + height + "x" + width + " is taken; --resize sets another size.";
    }

    /** Returns a set that shares the images, and the files that they were made from, if they were kept (else null). */
    ImageSet set(FolderSplit split, List<FolderSplit.Sample> samples, EncodedImages originals) {
        int[] places = new int[samples.size()];
        int[] labels = new int[samples.size()];
        for (int i = 0; i < labels.length; i++) {
            places[i] = samples.get(i).index();
            labels[i] = split.classNames().indexOf(samples.get(i).className());
        }
        return new ImageSet(RgbImage.CHANNELS, height, width, store, places, labels, split.classNames(), originals);
    }
}
