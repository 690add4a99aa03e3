package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses three training and two test images of 2 x 3 pixels with ascending values, labels 0, 1, 2 and 9, 8. */
class IdxFormatTest {
    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), images(3));
        Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(0, 1, 2));
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), gzip(images(2)));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels(9, 8)));
    }

    @Test
    void readsPlainAndGzippedFiles() {
        DataSplits splits = load("fashion-mnist:" + folder);
        ImageSet train = splits.train();
        assertThat(train.size()).isEqualTo(3);
        assertThat(train.channels()).isEqualTo(1);
        assertThat(train.height()).isEqualTo(2);
        assertThat(train.width()).isEqualTo(3);
        byte[] second = new byte[6];
        train.pixels(1, 1).get(second);
        assertThat(second).containsExactly(6, 7, 8, 9, 10, 11);
        assertThat(splits.test().label(0)).isEqualTo(9);
        assertThat(train.classNames()).startsWith("T-shirt/top").endsWith("Ankle boot");
    }

    @Test
    void aPlainPathIsToldByItsContent() throws IOException {
        assertThat(load(folder.toString()).train().classNames()).startsWith("0", "1");
        assertThat(load("mnist:" + folder).train().label(2)).isEqualTo(2);
    }

    @Test
    void torchvisionsFolderTellsWhatTheImagesShow() throws IOException {
        Path root = folder.resolve("data");
        Path raw = Files.createDirectories(root.resolve("FashionMNIST/raw"));
        for (String file : List.of(
                "train-images-idx3-ubyte",
                "train-labels-idx1-ubyte",
                "t10k-images-idx3-ubyte.gz",
                "t10k-labels-idx1-ubyte.gz")) {
            Files.move(folder.resolve(file), raw.resolve(file));
        }
        assertThat(load(root.toString()).train().classNames()).startsWith("T-shirt/top");
        assertThat(load(raw.toString()).train().classNames()).startsWith("T-shirt/top");
        assertThat(load("mnist:" + raw).train().classNames()).startsWith("0");
    }

    @Test
    void torchvisionsUnpackedAndPackedFilesMayLieSideBySide() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), gzip(images(3)));
        assertThat(load(folder.toString()).train().size()).isEqualTo(3);
    }

    @Test
    void refusesTwoSetsInFoldersBesideEachOther() throws IOException {
        Path other = Files.createDirectory(folder.resolve("MNIST"));
        Files.write(other.resolve("train-images-idx3-ubyte"), images(3));
        refused("expected each file of MNIST or Fashion-MNIST once, found MNIST/train-images-idx3-ubyte" + " and "
                + folder + ":train-images-idx3-ubyte; name the folder of one");
    }

    @Test
    void refusesAnotherMagicNumber() throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), labels(1));
        refused("train-images-idx3-ubyte expects the IDX magic number 0x00000803, found 0x00000801");
    }

    @Test
    void refusesTruncatedOversizedAndEmptyFiles() throws IOException {
        Path images = folder.resolve("train-images-idx3-ubyte");
        Files.write(images, Arrays.copyOf(images(3), 16 + 17));
        refused("train-images-idx3-ubyte expects 18 bytes after its header, found only 17");
        Files.write(images, Arrays.copyOf(images(3), 16 + 19));
        refused("train-images-idx3-ubyte expects 18 bytes after its header, found more");
        Files.write(images, Arrays.copyOf(images(3), 10));
        refused("expects a whole IDX file, found it broken off or damaged");
        Files.write(images, images(0));
        refused("found 0x2x3");
        Files.write(images, header(0x803, Integer.MAX_VALUE, 28, 28));
        refused("and 2 GiB in all, found 2147483647x28x28");
    }

    @Test
    void refusesDamagedGzip() throws IOException {
        byte[] gzip = gzip(images(2));
        gzip[gzip.length - 6] ^= 1;
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), gzip);
        refused("t10k-images-idx3-ubyte.gz expects a whole IDX file, found it broken off or damaged");
    }

    @Test
    void refusesLabelsThatDoNotFit() throws IOException {
        Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(0, 10, 2));
        refused("expects labels 0 to 9 in the train files, found 10 for image 1");
        Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(0, 1));
        refused("expected as many labels as images in the train files of " + folder + ", found 2 and 3");
    }

    @Test
    void namesTheMissingFile() throws IOException {
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte.gz"));
        refused("expected the file t10k-labels-idx1-ubyte in " + folder + ", found none");
    }

    private void refused(String message) {
        assertThatThrownBy(() -> load(folder.toString()))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining(message);
    }

    private static DataSplits load(String spec) {
        return DataSources.parse(spec, DataSettings.defaults()).load(ProgressSink.NONE);
    }

    private static byte[] images(int count) {
        byte[] file = Arrays.copyOf(header(0x803, count, 2, 3), 16 + 6 * count);
        for (int i = 16; i < file.length; i++) {
            file[i] = (byte) (i - 16);
        }
        return file;
    }

    private static byte[] labels(int... labels) {
        byte[] file = Arrays.copyOf(header(0x801, labels.length), 8 + labels.length);
        for (int i = 0; i < labels.length; i++) {
            file[8 + i] = (byte) labels[i];
        }
        return file;
    }

    private static byte[] header(int... values) {
        ByteBuffer header = ByteBuffer.allocate(4 * values.length);
        Arrays.stream(values).forEach(header::putInt);
        return header.array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
