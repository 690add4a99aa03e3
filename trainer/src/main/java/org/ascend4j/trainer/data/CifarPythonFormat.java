package org.ascend4j.trainer.data;

import java.io.InputStream;

/** CIFAR-10, Python version, as unpacked by torchvision. */
final class CifarPythonFormat extends CifarFormat {
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
        set.nameClasses(file, CifarPickle.read(file, bytes, content).names("label_names"));
    }

    @Override
    void readBatch(Cifar10 set, String file, String batch, long bytes, InputStream content) {
        CifarPickle pickle = CifarPickle.read(file, bytes, content);
        set.begin(file, batch);
        int images = set.batchImages();
        byte[] pixels = pickle.pixels(images);
        long[] labels = pickle.labels("labels", images);
        for (int i = 0; i < images; i++) {
            set.put(file, batch, i, labels[i], pixels, i * Cifar10.IMAGE_BYTES);
        }
    }
}
