package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.ascend4j.nativelib.support.fuzz.ByteMutator;
import org.ascend4j.nativelib.support.fuzz.Fuzz;
import org.ascend4j.nativelib.support.fuzz.FuzzLimits;
import org.ascend4j.nativelib.support.fuzz.FuzzReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests damaged files of MNIST's and CIFAR's binary layouts. */
@Tag("slow")
class DataFilesFuzzTest {
    /** The most memory that a file may claim before it is read: one chunk of images, and one image. */
    private static final FuzzLimits LIMITS = FuzzLimits.DEFAULT.withMemory(40 << 20);

    private static final int IMAGES = 3;

    @Test
    void idx() throws IOException {
        byte[] images = ByteBuffer.allocate(16 + IMAGES * 20)
                .putInt(0x803)
                .putInt(IMAGES)
                .putInt(5)
                .putInt(4)
                .array();
        byte[] labels = ByteBuffer.allocate(8 + IMAGES)
                .putInt(0x801)
                .putInt(IMAGES)
                .put(new byte[] {0, 9, 4})
                .array();
        FuzzReport report = Fuzz.ofBytes("idx", input -> {
                    IdxFormat format = new IdxFormat(IdxFormat.DIGITS);
                    boolean isImages = input.length > 3 && input[3] == 3;
                    read(format, "train-images-idx3-ubyte", isImages ? input : images);
                    read(format, "train-labels-idx1-ubyte", isImages ? labels : input);
                    read(format, "t10k-images-idx3-ubyte", images);
                    read(format, "t10k-labels-idx1-ubyte", labels);
                    assertThat(format.finish("data").train().size()).isEqualTo(IMAGES);
                })
                .limits(LIMITS)
                .from(ByteMutator.of(images, gzip(images)))
                .from(ByteMutator.of(labels, gzip(labels)))
                .run();
        assertThat(report.refused()).isGreaterThan(report.inputs() / 4);
        assertThat(report.accepted()).isGreaterThan(report.inputs() / 50);
    }

    @Test
    void cifar10() {
        byte[] batch = new byte[2 * (1 + Cifar10.IMAGE_BYTES)];
        batch[0] = 9;
        byte[] names = String.join("\n", Cifar10.CLASS_NAMES).getBytes(StandardCharsets.UTF_8);
        FuzzReport report = Fuzz.ofBytes("cifar-binary", input -> {
                    CifarBinaryFormat format = new CifarBinaryFormat(2);
                    boolean isNames = input.length < batch.length / 2;
                    read(format, "batches.meta.txt", isNames ? input : names);
                    for (int i = 1; i <= Cifar10.TRAIN_BATCHES; i++) {
                        read(format, "data_batch_" + i + ".bin", isNames ? batch : input);
                    }
                    read(format, "test_batch.bin", batch);
                    assertThat(format.finish("data").train().size()).isEqualTo(10);
                })
                .limits(LIMITS)
                .from(ByteMutator.of(batch))
                .from(ByteMutator.of(names))
                .run();
        assertThat(report.refused()).isGreaterThan(report.inputs() / 4);
        assertThat(report.accepted()).isGreaterThan(report.inputs() / 50);
    }

    @Test
    void cifar100() {
        // Gives five training images and one test image.
        int share = 10_000;
        byte[] train = new byte[5 * (2 + Cifar10.IMAGE_BYTES)];
        byte[] test = new byte[2 + Cifar10.IMAGE_BYTES];
        FuzzReport report = Fuzz.ofBytes("cifar100-binary", input -> {
                    Cifar100BinaryFormat format = new Cifar100BinaryFormat(false, share);
                    read(format, "train.bin", input);
                    read(format, "test.bin", test);
                    assertThat(format.finish("data").train().size()).isEqualTo(5);
                })
                .limits(LIMITS)
                .from(random -> {
                    // Random mutations rarely hit the labels, which are five bytes among thousands, and often change
                    // the length. This source changes only labels.
                    byte[] bytes = train.clone();
                    bytes[random.nextInt(5) * test.length + random.nextInt(2)] = (byte) random.nextInt();
                    return bytes;
                })
                .from(ByteMutator.of(train))
                .run();
        assertThat(report.refused()).isGreaterThan(report.inputs() / 4);
        assertThat(report.accepted()).isGreaterThan(report.inputs() / 50);
    }

    private static void read(DataFormat format, String path, byte[] bytes) throws IOException {
        format.read("data:" + path, path, bytes.length, new ByteArrayInputStream(bytes));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
