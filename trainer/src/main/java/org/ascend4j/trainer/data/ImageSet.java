package org.ascend4j.trainer.data;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * Images of one size with their labels, outside the Java heap: uint8, N x C x H x W, and one label in [0, classes) for each.
 *
 * @since 0.1.0
 */
public final class ImageSet {
    private final int channels;
    private final int height;
    private final int width;
    private final PixelStore pixels;
    private final int[] places;
    private final int[] labels;
    private final List<String> classNames;
    private final EncodedImages originals;

    /**
     * Makes a set that uses both arrays without a copy; the caller must not change them afterwards.
     *
     * @param pixels N x C x H x W unsigned bytes
     * @param labels N indices into {@code classNames}
     * @throws Ascend4jException if the set is empty, the sizes do not match, a label is out of range or a name appears twice
     */
    public ImageSet(int channels, int height, int width, byte[] pixels, int[] labels, List<String> classNames) {
        this(
                channels,
                height,
                width,
                PixelStore.of(pixels, Math.max(1, channels * height * width)),
                IntStream.range(0, labels.length).toArray(),
                labels,
                classNames);
        if (pixels.length != (long) labels.length * imageBytes()) {
            throw new Ascend4jException(labels.length + " labels of " + channels + "x" + height + "x" + width
                    + " images expect " + (long) labels.length * imageBytes() + " bytes of pixels, found "
                    + pixels.length);
        }
    }

    /** Makes a set that shares a store: image {@code i} of this set has the index {@code places[i]} in it. */
    ImageSet(
            int channels,
            int height,
            int width,
            PixelStore pixels,
            int[] places,
            int[] labels,
            List<String> classNames) {
        this(channels, height, width, pixels, places, labels, classNames, null);
    }

    /** Makes a set that also holds the original image files; {@code originals} may be null. */
    ImageSet(
            int channels,
            int height,
            int width,
            PixelStore pixels,
            int[] places,
            int[] labels,
            List<String> classNames,
            EncodedImages originals) {
        this.originals = originals;
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.pixels = pixels;
        this.places = places;
        this.labels = labels;
        this.classNames = List.copyOf(classNames);
        validate();
    }

    private void validate() {
        if (channels < 1 || height < 1 || width < 1) {
            throw new Ascend4jException(
                    "images expect at least 1 channel, row and column, found " + channels + "x" + height + "x" + width);
        }
        if (labels.length == 0) {
            throw new Ascend4jException("a data set expects at least one image, found none");
        }
        if (new HashSet<>(classNames).size() != classNames.size()) {
            throw new Ascend4jException(
                    "class names expect no name twice, found [" + Printable.listOf(classNames) + "]");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classNames.size()) {
                throw new Ascend4jException(
                        "labels expect 0 to " + (classNames.size() - 1) + ", found " + labels[i] + " for image " + i);
            }
        }
    }

    /** Returns the images of which {@code wanted} says so, in the same order; they share the memory of this set. */
    ImageSet subset(IntPredicate wanted) {
        int[] chosen = IntStream.range(0, labels.length).filter(wanted).toArray();
        return new ImageSet(
                channels,
                height,
                width,
                pixels,
                IntStream.of(chosen).map(i -> places[i]).toArray(),
                IntStream.of(chosen).map(i -> labels[i]).toArray(),
                classNames,
                originals);
    }

    /** Returns {@code count} of the images, drawn at random without replacement, in the same order; they share the memory of this set. */
    ImageSet sample(int count, long seed) {
        boolean[] drawn = SelectionSampling.draw(labels.length, count, new SplittableRandom(seed));
        return subset(i -> drawn[i]);
    }

    /** Returns the same images and labels with other class names. */
    ImageSet withClassNames(List<String> names) {
        return new ImageSet(channels, height, width, pixels, places, labels, names);
    }

    /** Returns the number of images. */
    public int size() {
        return labels.length;
    }

    /** Returns C: 3 for colour (red, green, blue), 1 for grey. */
    public int channels() {
        return channels;
    }

    /** Returns the height H. */
    public int height() {
        return height;
    }

    /** Returns the width W. */
    public int width() {
        return width;
    }

    /** Returns the size of one image in bytes: C x H x W. */
    public long imageBytes() {
        return (long) channels * height * width;
    }

    /** Returns a copy of {@code count} images from image {@code first}, C x H x W bytes each. */
    public ByteBuffer pixels(int first, int count) {
        ByteBuffer copy = ByteBuffer.allocate(Math.toIntExact(count * imageBytes()));
        for (int i = first; i < first + count; i++) {
            copy.put(pixels.image(places[i]));
        }
        return copy.flip();
    }

    /** Returns image {@code index} as it was before fitting, if {@link DataSettings#originals} were kept; otherwise as it is in the set. */
    public PlainImage original(int index) {
        return originals == null
                ? new PlainImage(channels, height, width, pixels(index, 1).array())
                : originals.decode(places[index]);
    }

    /** Returns the label of image {@code index}. */
    public int label(int index) {
        return labels[index];
    }

    /** Returns the names of the classes by label. */
    public List<String> classNames() {
        return classNames;
    }
}
