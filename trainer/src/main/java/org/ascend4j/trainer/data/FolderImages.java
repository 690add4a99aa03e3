package org.ascend4j.trainer.data;

import java.util.List;
import java.util.OptionalInt;

/**
 * The images of a folder in the order in which they were added, all brought to one size. This is the requested size;
 * without one, the images' own size if all are equal; otherwise the first image's shorter side, limited to 32 to 224.
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

    /** Appends an image. */
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

    /** Fits the images added so far, which had equal sizes. */
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

    /** Returns a sentence on how images of other sizes were fitted; empty if there were none. */
    String fit() {
        return sizes.areAll(height, width)
                ? ""
                : "Images of " + sizes + " pixels are fitted: the shorter side of each becomes " + height
                        + " and the middle " + height + "x" + width + " is taken; --resize sets another size.";
    }

    /** Returns a set that shares the images and the original files; {@code originals} is null if these were not kept. */
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
