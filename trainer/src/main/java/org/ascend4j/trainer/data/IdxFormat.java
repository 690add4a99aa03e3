package org.ascend4j.trainer.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.ascend4j.Ascend4jException;
import org.ascend4j.Printable;

/**
 * The four IDX files of MNIST, Fashion-MNIST or a split of EMNIST, gzipped or not: a big-endian magic number, sizes,
 * then unsigned bytes. EMNIST stores its images transposed; they are transposed back.
 *
 * @see <a href="https://github.com/zalandoresearch/fashion-mnist">Fashion-MNIST</a>
 */
final class IdxFormat implements DataFormat {
    static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    static final List<String> CLOTHES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private static final Pattern FILE = Pattern.compile("(?:emnist-(byclass|bymerge|balanced|digits|mnist|letters)-)?"
            + "(train|t10k|test)-(images|labels)[-.]idx[13]-ubyte(\\.gz)?");
    private static final int IMAGES_MAGIC = 0x803;
    private static final int LABELS_MAGIC = 0x801;
    private static final int MOST_SIDE = 4096;

    private final List<String> classNames;
    private final Map<String, String> read = new HashMap<>();
    private final Map<String, Images> images = new HashMap<>();
    private final Map<String, byte[]> labels = new HashMap<>();
    private String emnist;

    private record Images(int count, int height, int width, PixelStore pixels) {}

    /** Reads MNIST or Fashion-MNIST: the files do not identify the set, but the name of torchvision's folder does. */
    IdxFormat() {
        this(null);
    }

    /** Reads files whose labels are indices into {@code classNames}. */
    IdxFormat(List<String> classNames) {
        this.classNames = classNames;
    }

    @Override
    public String description() {
        return "MNIST, Fashion-MNIST or EMNIST (train-images-idx3-ubyte, train-labels-idx1-ubyte,"
                + " t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte, each with or without .gz, EMNIST's after"
                + " emnist-SPLIT-)";
    }

    @Override
    public boolean recognises(String path) {
        return FILE.matcher(DataFormat.fileName(path)).matches();
    }

    @Override
    public void read(String file, String path, long bytes, InputStream content) throws IOException {
        Matcher name = FILE.matcher(DataFormat.fileName(path));
        if (!name.matches()) {
            throw new IllegalArgumentException(path);
        }
        String split = name.group(1) == null ? "" : name.group(1);
        if (emnist != null && !emnist.equals(split)) {
            throw new Ascend4jException("expected the files of one data set, found " + file
                    + " beside those of another split; name a folder with one");
        }
        emnist = split;
        String part = name.group(2).equals("test") ? "t10k" : name.group(2);
        String before = read.putIfAbsent(part + name.group(3), path);
        if (before != null) {
            // torchvision leaves the gzipped file beside the unpacked one; either can be used.
            if (!DataFormat.folder(before).equals(DataFormat.folder(path))) {
                throw new Ascend4jException("expected each file of MNIST or Fashion-MNIST once, found "
                        + Printable.path(before) + " and " + file + "; name the folder of one");
            }
            return;
        }
        try {
            DataInputStream data = new DataInputStream(unpack(content));
            if (name.group(3).equals("images")) {
                images.put(part, readImages(file, data, !split.isEmpty()));
            } else {
                labels.put(part, readLabels(file, data));
            }
        } catch (EOFException | ZipException e) {
            throw new Ascend4jException(
                    file + " expects a whole IDX file, found it broken off or damaged: " + e.getMessage(), e);
        }
    }

    private static InputStream unpack(InputStream content) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(content, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new BufferedInputStream(new GZIPInputStream(buffered, 1 << 16), 1 << 16) : buffered;
    }

    private static Images readImages(String file, DataInputStream data, boolean turn) throws IOException {
        expectMagic(file, data, IMAGES_MAGIC);
        int count = data.readInt();
        int height = data.readInt();
        int width = data.readInt();
        boolean sane = count > 0 && height > 0 && width > 0 && height <= MOST_SIDE && width <= MOST_SIDE;
        if (!sane || (long) count * height * width > Integer.MAX_VALUE - 8) {
            throw new Ascend4jException(file + " expects 1 or more images of up to " + MOST_SIDE
                    + " pixels a side and 2 GiB in all, found " + count + "x" + height + "x" + width);
        }
        byte[] image = new byte[height * width];
        PixelStore pixels = new PixelStore(image.length).reserveSome(count);
        for (int i = 0; i < count; i++) {
            int found = data.readNBytes(image, 0, image.length);
            if (found < image.length) {
                expectBody(file, (long) count * image.length, (long) i * image.length + found);
            }
            pixels.put(i, turn ? transposed(image, height, width) : image, 0);
        }
        expectEnd(file, data, (long) count * image.length);
        return turn ? new Images(count, width, height, pixels) : new Images(count, height, width, pixels);
    }

    private static byte[] transposed(byte[] image, int height, int width) {
        byte[] upright = new byte[image.length];
        for (int i = 0; i < image.length; i++) {
            upright[i % width * height + i / width] = image[i];
        }
        return upright;
    }

    private static byte[] readLabels(String file, DataInputStream data) throws IOException {
        expectMagic(file, data, LABELS_MAGIC);
        int count = data.readInt();
        if (count < 1) {
            throw new Ascend4jException(file + " expects 1 or more labels, found " + count);
        }
        return body(file, data, count);
    }

    private static void expectMagic(String file, DataInputStream data, int expected) throws IOException {
        int magic = data.readInt();
        if (magic != expected) {
            throw new Ascend4jException(
                    String.format("%s expects the IDX magic number 0x%08x, found 0x%08x", file, expected, magic));
        }
    }

    private static byte[] body(String file, DataInputStream data, int expected) throws IOException {
        byte[] values = data.readNBytes(expected);
        expectBody(file, expected, values.length);
        expectEnd(file, data, expected);
        return values;
    }

    private static void expectBody(String file, long expected, long found) {
        if (found < expected) {
            throw new Ascend4jException(file + " expects " + expected + " bytes after its header, found only " + found);
        }
    }

    private static void expectEnd(String file, DataInputStream data, long expected) throws IOException {
        if (data.read() >= 0) {
            throw new Ascend4jException(file + " expects " + expected + " bytes after its header, found more");
        }
    }

    @Override
    public DataSplits finish(String location) {
        boolean letters = !emnist.isEmpty();
        List<String> names =
                letters ? Emnist.classNames(emnist) : classNames == null ? classNames(location) : classNames;
        return new DataSplits(set(location, "train", names), set(location, "t10k", names));
    }

    private List<String> classNames(String location) {
        return (location + read.values()).toLowerCase(Locale.ROOT).contains("fashion") ? CLOTHES : DIGITS;
    }

    private ImageSet set(String location, String split, List<String> names) {
        Images pictures = images.get(split);
        byte[] indices = labels.get(split);
        if (pictures == null || indices == null) {
            throw new Ascend4jException("expected the file " + split
                    + (pictures == null ? "-images-idx3-ubyte" : "-labels-idx1-ubyte") + " in " + location
                    + ", found none, with or without .gz");
        }
        if (pictures.count != indices.length) {
            throw new Ascend4jException("expected as many labels as images in the " + split + " files of " + location
                    + ", found " + indices.length + " and " + pictures.count);
        }
        int first = emnist.isEmpty() ? 0 : Emnist.firstLabel(emnist);
        int[] classes = new int[indices.length];
        for (int i = 0; i < classes.length; i++) {
            int label = indices[i] & 0xff;
            classes[i] = label - first;
            if (classes[i] < 0 || classes[i] >= names.size()) {
                throw new Ascend4jException(location + " expects labels " + first + " to " + (names.size() - 1 + first)
                        + " in the " + split + " files, found " + label + " for image " + i);
            }
        }
        int[] places = IntStream.range(0, classes.length).toArray();
        return new ImageSet(1, pictures.height, pictures.width, pictures.pixels, places, classes, names);
    }
}
