package org.ascend4j.trainer.input;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.ascend4j.Ascend4jException;

/**
 * The random choices of one epoch: the order of the images and, by position in that order, crop offsets and flips.
 *
 * <p>A plan depends only on the seed, the epoch and the arguments, so it is the same on every device and after a
 * resume. The generator is {@link SplittableRandom}, seeded with {@code mix(mix(seed) + epoch)} where {@code mix} is
 * the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Order,
 * crops, flips, crops of random size, cutouts, mixtures, colours and TrivialAugment each draw from their own split, so that disabling one does not
 * change the others. Alternating flips draw from a generator seeded with {@code mix(mix(seed))}, by the image's index.
 *
 * @since 0.1.0
 */
public final class EpochPlan {
    private final int images;
    private final int[] order;
    private final byte[] dy;
    private final byte[] dx;
    private final boolean[] flip;
    private final long[] cropSeeds;
    private final long[] cutoutSeeds;
    private final long[] colorSeeds;
    private final long[] trivialSeeds;
    private final boolean shuffled;
    private final Augmentation augmentation;
    private long mixingSeed;

    private EpochPlan(int size, int images, boolean shuffled, Augmentation augmentation) {
        if (size < 1) {
            throw new Ascend4jException("an epoch expects at least one image, found " + size);
        }
        this.images = images;
        this.order = new int[size];
        this.dy = new byte[size];
        this.dx = new byte[size];
        this.flip = new boolean[size];
        this.cropSeeds = new long[augmentation.resizedCrop().isPresent() ? size : 0];
        this.cutoutSeeds = new long[augmentation.cutout() > 0 ? size : 0];
        this.colorSeeds = new long[augmentation.colorJitter().isPresent() ? size : 0];
        this.trivialSeeds = new long[augmentation.trivial() ? size : 0];
        this.shuffled = shuffled;
        this.augmentation = augmentation;
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
    }

    /** Returns the plan of an evaluation: every image in order, unchanged. */
    public static EpochPlan sequential(int size) {
        return new EpochPlan(size, size, false, Augmentation.NONE);
    }

    /**
     * Draws an epoch.
     *
     * @param seed the run's seed
     * @param epoch the epoch's number, from 1
     * @param size number of images in the set
     * @param shuffle whether to shuffle
     * @param augmentation the augmentation to draw crops and flips for
     */
    public static EpochPlan draw(long seed, int epoch, int size, boolean shuffle, Augmentation augmentation) {
        SplittableRandom random = new SplittableRandom(mix(mix(seed) + epoch));
        SplittableRandom orders = random.split();
        SplittableRandom crops = random.split();
        SplittableRandom flips = random.split();
        SplittableRandom resizedCrops = random.split();
        SplittableRandom cutouts = random.split();
        SplittableRandom mixtures = random.split();
        SplittableRandom colors = random.split();
        SplittableRandom trivial = random.split();
        EpochPlan plan = new EpochPlan(size, size, shuffle, augmentation);
        if (shuffle) {
            plan.shuffle(orders);
        }
        plan.repeat(augmentation.repeats());
        int positions = 2 * augmentation.padding() + 1;
        for (int i = 0; i < size; i++) {
            plan.dy[i] = (byte) (crops.nextInt(positions) - augmentation.padding());
            plan.dx[i] = (byte) (crops.nextInt(positions) - augmentation.padding());
            plan.flip[i] = augmentation.flip() == Flip.RANDOM && flips.nextInt(2) == 1;
        }
        Arrays.setAll(plan.cropSeeds, i -> resizedCrops.nextLong());
        Arrays.setAll(plan.cutoutSeeds, i -> cutouts.nextLong());
        Arrays.setAll(plan.colorSeeds, i -> colors.nextLong());
        Arrays.setAll(plan.trivialSeeds, i -> trivial.nextLong());
        plan.mixingSeed = mixtures.nextLong();
        if (augmentation.flip() == Flip.ALTERNATING) {
            plan.alternate(new SplittableRandom(mix(mix(seed))), epoch);
        }
        return plan;
    }

    /** Mirrors a random half of the images in epochs with an odd number, the other half in the others. */
    private void alternate(SplittableRandom random, int epoch) {
        boolean[] first = new boolean[images];
        for (int image = 0; image < images; image++) {
            first[image] = random.nextInt(2) == 1;
        }
        for (int i = 0; i < flip.length; i++) {
            flip[i] = first[order[i]] ^ epoch % 2 == 0;
        }
    }

    /** Shuffles by the algorithm of Fisher and Yates, from the end. */
    private void shuffle(SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    /** Puts each of the first images several times in a row, in place of the last ones: they meet in a batch, each time changed in another way. */
    private void repeat(int times) {
        for (int i = order.length - 1; i > 0; i--) {
            order[i] = order[i / times];
        }
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * Returns the part of one of several ranks: its positions {@code from + rank, from + rank + ranks, ...}, as in
     * torch's DistributedSampler. If the rest of the epoch is not divisible by the number of ranks, the last ranks
     * continue at the beginning of the order, so that all parts have the same size.
     *
     * @param from number of positions of the epoch that are done; ignored for a single rank, whose part is always the whole plan
     */
    public EpochPlan part(int from, int rank, int ranks) {
        if (ranks == 1) {
            return this;
        }
        EpochPlan part = new EpochPlan((size() - from + ranks - 1) / ranks, images, true, augmentation);
        part.mixingSeed = mixingSeed;
        for (int i = 0; i < part.size(); i++) {
            int position = (from + rank + i * ranks) % size();
            part.order[i] = order[position];
            part.dy[i] = dy[position];
            part.dx[i] = dx[position];
            part.flip[i] = flip[position];
            copy(cropSeeds, position, part.cropSeeds, i);
            copy(cutoutSeeds, position, part.cutoutSeeds, i);
            copy(colorSeeds, position, part.colorSeeds, i);
            copy(trivialSeeds, position, part.trivialSeeds, i);
        }
        return part;
    }

    /** Copies a seed, if the augmentation has seeds of this kind. */
    private static void copy(long[] seeds, int from, long[] to, int place) {
        if (seeds.length > 0) {
            to[place] = seeds[from];
        }
    }

    /** Returns the number of images in the set; a part of the plan contains fewer. */
    public int images() {
        return images;
    }

    /** Returns the number of images in the epoch. */
    public int size() {
        return order.length;
    }

    /** Returns the number of batches in the epoch; the last one may be smaller, as with DataLoader's {@code drop_last=False}. */
    public int steps(int batchSize) {
        return (order.length + batchSize - 1) / batchSize;
    }

    /** Returns the index of the image at {@code position}. */
    public int image(int position) {
        return order[position];
    }

    /** Returns the image row, in [-padding, padding], where the crop at {@code position} starts. */
    public int top(int position) {
        return dy[position];
    }

    /** Returns the image column, in [-padding, padding], where the crop at {@code position} starts. */
    public int left(int position) {
        return dx[position];
    }

    /** Returns whether the crop at {@code position} is mirrored. */
    public boolean flipped(int position) {
        return flip[position];
    }

    /** Returns the seed of the crop of random size at {@code position}; the crop also depends on the image's size. */
    public long cropSeed(int position) {
        return cropSeeds[position];
    }

    /** Returns the seed of the erased square at {@code position}; its centre also depends on the image's size. */
    public long cutoutSeed(int position) {
        return cutoutSeeds[position];
    }

    /** Returns the seed of the colours at {@code position}. */
    public long colorSeed(int position) {
        return colorSeeds[position];
    }

    /** Returns the seed of TrivialAugment's operation at {@code position}; its numbers also depend on the image's size. */
    public long trivialSeed(int position) {
        return trivialSeeds[position];
    }

    /** Returns the seed of the mixture of the batch whose first image is at {@code position}. */
    public long mixingSeed(int position) {
        return mixingSeed + position;
    }

    /** Returns whether the order of the images differs from the set's. */
    public boolean shuffled() {
        return shuffled;
    }

    /** Returns the augmentation that crops and flips were drawn for. */
    public Augmentation augmentation() {
        return augmentation;
    }
}
