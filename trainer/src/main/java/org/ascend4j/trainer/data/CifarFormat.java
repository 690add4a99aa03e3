package org.ascend4j.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/** The common part of both layouts of CIFAR-10: six files of images and one of class names. */
abstract class CifarFormat implements DataFormat {
    private static final String BATCH = "(data_batch_[1-5]|test_batch)";

    private final String suffix;
    private final String meta;
    private final Pattern names;
    private final int batchImages;
    private Cifar10 set;

    /**
     * Describes a layout.
     *
     * @param suffix the ending of the batches' file names
     * @param meta the name of the file with the class names
     * @param batchImages images per batch; smaller in tests
     */
    CifarFormat(String suffix, String meta, int batchImages) {
        this.suffix = suffix;
        this.meta = meta;
        this.batchImages = batchImages;
        names = Pattern.compile(BATCH + Pattern.quote(suffix) + "|" + Pattern.quote(meta));
    }

    @Override
    public final boolean recognises(String path) {
        return names.matcher(DataFormat.fileName(path)).matches();
    }

    @Override
    public final void read(String file, String path, long bytes, InputStream content) throws IOException {
        if (set == null) {
            // The set takes memory for 60,000 images, so it is created only when a file is recognised.
            set = new Cifar10(batchImages);
        }
        String name = DataFormat.fileName(path);
        if (name.equals(meta)) {
            readClassNames(set, file, bytes, content);
        } else {
            readBatch(set, file, name.substring(0, name.length() - suffix.length()), bytes, content);
        }
    }

    /** Reads the class names. */
    abstract void readClassNames(Cifar10 set, String file, long bytes, InputStream content) throws IOException;

    /** Reads a batch, whose name is given without the suffix. */
    abstract void readBatch(Cifar10 set, String file, String batch, long bytes, InputStream content) throws IOException;

    @Override
    public final DataSplits finish(String location) {
        return set.finish(location, suffix);
    }
}
