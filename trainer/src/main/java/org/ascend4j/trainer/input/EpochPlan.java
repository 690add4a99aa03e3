package org.ascend4j.trainer.input;

import java.util.SplittableRandom;
import org.ascend4j.Ascend4jException;

/**
 * The random choices of one epoch: the order of the images and, by position in that order, crop offsets and flips.
 *
 * <p>A plan depends on the seed, the epoch and the arguments alone, so it is the same on every device and after a resume. The generator is
 * {@link SplittableRandom}, seeded with {@code mix(mix(seed) + epoch)} where {@code mix} is the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast
 * splittable pseudorandom number generators", 2014); order, crops, flips and crops of random size each draw from their own split, so turning one off leaves the others as they are.
 */
public final class EpochPlan {
    private final int images;
    private final int[] order;
    private final byte[] dy;
    private final byte[] dx;
    private final boolean[] flip;
    private final long[] cropSeeds;
    private final boolean shuffled;
    private final Augmentation augmentation;

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
     * @param size how many images the set has
     * @param shuffle whether to shuffle
     * @param augmentation what to draw crops and flips for
     */
    public static EpochPlan draw(long seed, int epoch, int size, boolean shuffle, Augmentation augmentation) {
        SplittableRandom random = new SplittableRandom(mix(mix(seed) + epoch));
        SplittableRandom orders = random.split();
        SplittableRandom crops = random.split();
        SplittableRandom flips = random.split();
        SplittableRandom resizedCrops = random.split();
        EpochPlan plan = new EpochPlan(size, size, shuffle, augmentation);
        if (shuffle) {
            plan.shuffle(orders);
        }
        int positions = 2 * augmentation.padding() + 1;
        for (int i = 0; i < size; i++) {
            plan.dy[i] = (byte) (crops.nextInt(positions) - augmentation.padding());
            plan.dx[i] = (byte) (crops.nextInt(positions) - augmentation.padding());
            plan.flip[i] = augmentation.flip() && flips.nextInt(2) == 1;
        }
        for (int i = 0; i < plan.cropSeeds.length; i++) {
            plan.cropSeeds[i] = resizedCrops.nextLong();
        }
        return plan;
    }

    /** Fisher and Yates's shuffle, downwards. */
    private void shuffle(SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /**
     * Returns the part of one of several ranks: its positions {@code from + rank, from + rank + ranks, ...}, as torch's DistributedSampler deals them out.
     * Where the rest of the epoch does not divide by the ranks, the last ones begin the order again, so that all parts are of one size.
     *
     * @param from how many positions of the epoch are done; a single rank's part is the whole plan all the same
     */
    public EpochPlan part(int from, int rank, int ranks) {
        if (ranks == 1) {
            return this;
        }
        EpochPlan part = new EpochPlan((size() - from + ranks - 1) / ranks, images, true, augmentation);
        for (int i = 0; i < part.size(); i++) {
            int position = (from + rank + i * ranks) % size();
            part.order[i] = order[position];
            part.dy[i] = dy[position];
            part.dx[i] = dx[position];
            part.flip[i] = flip[position];
            if (cropSeeds.length > 0) {
                part.cropSeeds[i] = cropSeeds[position];
            }
        }
        return part;
    }

    /** Returns how many images the set has, of which the plan may be a part. */
    public int images() {
        return images;
    }

    /** Returns how many images the epoch has. */
    public int size() {
        return order.length;
    }

    /** Returns how many batches the epoch has; the last one may be smaller, as with DataLoader's {@code drop_last=False}. */
    public int steps(int batchSize) {
        return (order.length + batchSize - 1) / batchSize;
    }

    /** Returns which image comes at {@code position}. */
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

    /** Returns the seed of the crop of random size at {@code position}; what it shows depends on the image's size as well. */
    public long cropSeed(int position) {
        return cropSeeds[position];
    }

    /** Returns whether images come in another order than the set's. */
    public boolean shuffled() {
        return shuffled;
    }

    /** Returns what crops and flips were drawn for. */
    public Augmentation augmentation() {
        return augmentation;
    }
}
