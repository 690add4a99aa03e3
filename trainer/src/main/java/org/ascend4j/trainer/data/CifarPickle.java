package org.ascend4j.trainer.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.Printable;
import org.ascend4j.pickle.NumpyValues;
import org.ascend4j.pickle.PickleException;
import org.ascend4j.pickle.PickleInput;
import org.ascend4j.pickle.PickledDict;
import org.ascend4j.pickle.PickledList;
import org.ascend4j.pickle.Unpickler;

/**
 * A file of CIFAR-10's or CIFAR-100's Python version: a pickled dictionary of pixels (uint8, images x 3,072), labels
 * and names, as written by Python 2 and 3 and by numpy 1 and 2.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the format</a>
 */
final class CifarPickle {
    /** Enough for 50,000 images and the overhead of pickle. */
    private static final long MOST_BYTES = 192 << 20;

    /** Reads values; the message of a failure names the file. */
    @FunctionalInterface
    private interface Use<T> {
        T read() throws IOException;
    }

    private final String file;
    private final PickledDict dictionary;

    private CifarPickle(String file, PickledDict dictionary) {
        this.file = file;
        this.dictionary = dictionary;
    }

    /**
     * Reads a file.
     *
     * @param file folder or archive and path, used in messages
     * @param bytes the file's length
     */
    static CifarPickle read(String file, long bytes, InputStream content) {
        if (bytes > MOST_BYTES) {
            throw new Ascend4jException(file + " expects at most " + MOST_BYTES + " bytes, found " + bytes);
        }
        return guarded(file, () -> {
            PickleInput input = new PickleInput(new BufferedInputStream(content), bytes);
            Object root = Unpickler.read(input, CifarPickle::numpy);
            if (!(root instanceof PickledDict dictionary)) {
                throw new PickleException("it holds no dictionary");
            }
            return new CifarPickle(file, dictionary);
        });
    }

    private static Object numpy(String module, String name) {
        return NumpyValues.find(module, name)
                .orElseThrow(() -> new PickleException("it holds the class or function "
                        + Printable.of(module + "." + name) + ", which is not numpy's"));
    }

    /** Returns the pixels of {@code images} images, channel by channel, row by row. */
    byte[] pixels(int images) {
        return guarded(file, () -> NumpyValues.uint8(dictionary.get("data"), images, Cifar10.IMAGE_BYTES));
    }

    /** Returns the labels of {@code images} images, without a check of their range. */
    long[] labels(String key, int images) {
        return guarded(file, () -> {
            PickledList labels = list(key);
            if (labels.size() != images) {
                throw new PickleException("it holds " + labels.size() + " labels for " + images + " images");
            }
            return labels.integers(images);
        });
    }

    /** Returns the strings of a list; files from Python 2 hold them as bytes. */
    List<String> names(String key) {
        return guarded(file, () -> {
            PickledList names = list(key);
            return IntStream.range(0, names.size()).mapToObj(names::text).toList();
        });
    }

    private PickledList list(String key) {
        if (dictionary.get(key) instanceof PickledList list) {
            return list;
        }
        throw new PickleException("it holds no list named " + key);
    }

    private static <T> T guarded(String file, Use<T> use) {
        try {
            return use.read();
        } catch (PickleException e) {
            throw new Ascend4jException(file + " expects pickled images of CIFAR, but " + e.getMessage(), e);
        } catch (IOException e) {
            throw new Ascend4jException(file + " cannot be read: " + Printable.of(FileErrors.reason(e)), e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            throw FileErrors.tooLarge(file, e);
        }
    }
}
