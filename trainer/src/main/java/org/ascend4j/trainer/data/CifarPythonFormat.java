package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.razorvine.pickle.PickleException;
import org.ascend4j.Ascend4jException;
import org.ascend4j.trainer.data.NumpyUnpickler.NumpyArray;

/**
 * CIFAR-10, Python version, as torchvision unpacks it: pickled dictionaries with {@code data} (uint8, images x 3,072) and {@code labels}.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/cifar.html">the format</a>
 */
final class CifarPythonFormat extends CifarFormat {
    /** Room for the images and for what pickle adds. */
    private static final int MOST_BYTES = 64 << 20;

    CifarPythonFormat() {
        this(Cifar10.BATCH_IMAGES);
    }

    /** Reads smaller batches, for tests. */
    CifarPythonFormat(int batchImages) {
        super("", "batches.meta", batchImages);
    }

    @Override
    public String description() {
        return "CIFAR-10 for Python (data_batch_1 to data_batch_5, test_batch, batches.meta)";
    }

    @Override
    void readClassNames(Cifar10 set, String file, long bytes, InputStream content) {
        unpickle(file, bytes, content, dictionary -> set.nameClasses(file, texts(list(dictionary, "label_names"))));
    }

    @Override
    void readBatch(Cifar10 set, String file, String batch, long bytes, InputStream content) {
        unpickle(file, bytes, content, dictionary -> store(set, file, batch, dictionary));
    }

    private static void unpickle(String file, long bytes, InputStream content, Consumer<Map<?, ?>> use) {
        if (bytes > MOST_BYTES) {
            throw new Ascend4jException(file + " expects at most " + MOST_BYTES + " bytes, found " + bytes);
        }
        try {
            if (!(new NumpyUnpickler().read(content) instanceof Map<?, ?> dictionary)) {
                throw new PickleException("a pickle of something else than a dictionary");
            }
            use.accept(dictionary);
        } catch (PickleException | IOException e) {
            throw new Ascend4jException(
                    file + " expects a pickled batch of CIFAR-10, found "
                            + (e.getMessage() == null ? e : e.getMessage()),
                    e);
        }
    }

    private static void store(Cifar10 set, String file, String batch, Map<?, ?> dictionary) {
        set.begin(file, batch);
        if (!(value(dictionary, "data") instanceof NumpyArray array)) {
            throw new PickleException("no array named data");
        }
        int images = set.batchImages();
        byte[] pixels = array.bytes(images, Cifar10.IMAGE_BYTES);
        List<?> labels = list(dictionary, "labels");
        if (labels.size() != images) {
            throw new PickleException(labels.size() + " labels for " + images + " images");
        }
        for (int i = 0; i < images; i++) {
            if (!(labels.get(i) instanceof Number label)) {
                throw new PickleException("the label " + labels.get(i) + " of image " + i + ", not a number");
            }
            set.put(file, batch, i, label.longValue(), pixels, i * Cifar10.IMAGE_BYTES);
        }
    }

    private static List<?> list(Map<?, ?> dictionary, String key) {
        if (!(value(dictionary, key) instanceof List<?> list)) {
            throw new PickleException("no list named " + key);
        }
        return list;
    }

    /** Finds a key that is text in Python 2 and, in some conversions, bytes in Python 3. */
    private static Object value(Map<?, ?> dictionary, String key) {
        for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
            if (text(entry.getKey()).equals(key)) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static List<String> texts(List<?> values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(text(value)));
        return texts;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : String.valueOf(value);
    }
}
