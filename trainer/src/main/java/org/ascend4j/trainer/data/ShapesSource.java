package org.ascend4j.trainer.data;

import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ascend4j.Ascend4jException;

/**
 * Generated images of ten shapes, 3 x 32 x 32; this data set needs no download.
 *
 * <p>Image {@code i} depends only on the seed, the split and {@code i}, and is drawn with arithmetic that Java rounds
 * identically everywhere: the same seed gives the same bytes on every machine. Image {@code i} has the label {@code i}
 * modulo the number of classes.
 *
 * @param trainSize number of training images
 * @param testSize number of test images
 * @param seed seed of all images
 */
record ShapesSource(int trainSize, int testSize, long seed) implements DataSource {
    static final int SIDE = 32;

    /** Number of images drawn in parallel between two progress reports. */
    private static final int PART = 512;

    private static final int CHANNELS = 3;
    private static final int DEFAULT_TRAIN = 5_000;
    private static final int DEFAULT_TEST = 1_000;
    private static final int MOST = 500_000;
    private static final Pattern SIZES = Pattern.compile("([1-9][0-9]{0,8}),([1-9][0-9]{0,8})");

    /** Parses {@code TRAIN,TEST}; an empty text means 5,000 and 1,000 images. */
    static ShapesSource parse(String sizes, long seed) {
        if (sizes.isEmpty()) {
            return new ShapesSource(DEFAULT_TRAIN, DEFAULT_TEST, seed);
        }
        Matcher form = SIZES.matcher(sizes);
        if (!form.matches() || Math.max(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2))) > MOST) {
            throw new Ascend4jException("shapes expects shapes:TRAIN,TEST with 1 to " + MOST
                    + " images each, found 'shapes:" + sizes + "'");
        }
        return new ShapesSource(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)), seed);
    }

    @Override
    public String name() {
        return "shapes (" + trainSize + " training and " + testSize + " test images, seed " + seed + ")";
    }

    @Override
    public DataSplits load(ProgressSink progress) {
        SplittableRandom seeds = new SplittableRandom(seed);
        int all = trainSize + testSize;
        IntConsumer drawn = images -> progress.progress("drawing shapes", images, all);
        ImageSet train = draw(trainSize, seeds.nextLong(), drawn);
        ImageSet test = draw(testSize, seeds.nextLong(), images -> drawn.accept(trainSize + images));
        return new DataSplits(train, test);
    }

    private static ImageSet draw(int size, long splitSeed, IntConsumer drawn) {
        int bytes = CHANNELS * SIDE * SIDE;
        PixelStore pixels = new PixelStore(bytes).reserve(size);
        int[] labels = new int[size];
        SplittableRandom seeds = new SplittableRandom(splitSeed);
        long[] imageSeeds = seeds.longs(size).toArray();
        for (int first = 0; first < size; first += PART) {
            IntStream.range(first, Math.min(size, first + PART)).parallel().forEach(i -> {
                byte[] image = new byte[bytes];
                labels[i] = i % Shape.values().length;
                new ShapePainter(new SplittableRandom(imageSeeds[i])).paint(Shape.values()[labels[i]], image, 0);
                pixels.put(i, image, 0);
            });
            drawn.accept(Math.min(size, first + PART));
        }
        int[] places = IntStream.range(0, size).toArray();
        return new ImageSet(CHANNELS, SIDE, SIDE, pixels, places, labels, Shape.names());
    }
}
