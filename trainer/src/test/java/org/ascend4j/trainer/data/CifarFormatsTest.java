package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses batches of two images: value (7 i + 3 j + batch) mod 256 at index j of image i, labels 3 and 9. */
class CifarFormatsTest {
    private static final int RECORD = 3073;
    private static final List<String> BATCHES =
            List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch");

    @TempDir
    Path folder;

    @Test
    void readsTheBinaryLayoutInTheOrderOfTheBatches() throws IOException {
        writeBinary();
        DataSplits splits = loadBinary();
        assertThat(splits.train().size()).isEqualTo(10);
        assertThat(splits.test().size()).isEqualTo(2);
        for (int batch = 0; batch < BATCHES.size(); batch++) {
            ImageSet set = batch < 5 ? splits.train() : splits.test();
            int first = batch < 5 ? 2 * batch : 0;
            assertThat(set.label(first)).isEqualTo(3);
            assertThat(set.label(first + 1)).isEqualTo(9);
            assertThat(pixels(set, first + 1)).isEqualTo(image(1, batch));
        }
        assertThat(splits.train().classNames())
                .startsWith("airplane", "automobile")
                .endsWith("truck");
    }

    @ParameterizedTest
    @ValueSource(strings = {"python2", "protocol2", "protocol4", "protocol5"})
    void readsThePythonLayoutOfBothPythons(String kind) throws IOException {
        writePython(kind);
        DataSplits splits = loadPython();
        assertThat(splits.train().size()).isEqualTo(10);
        assertThat(splits.train().label(8)).isEqualTo(3);
        assertThat(splits.test().label(1)).isEqualTo(9);
        assertThat(pixels(splits.train(), 0)).isEqualTo(image(0, 0));
        assertThat(pixels(splits.test(), 1)).isEqualTo(image(1, 0));
    }

    @Test
    void refusesPicklesOfOtherClasses() throws IOException {
        writePython("foreign");
        assertThatThrownBy(this::loadPython)
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("but it holds the class or function _io.BytesIO, which is not numpy's");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nan-label | it holds the number NaN in place of an integer",
                "large-label | it holds a number of more than 64 bits in place of an integer",
            })
    void refusesLabelsThatAreNoIntegers(String kind, String found) throws IOException {
        writePython(kind);
        assertThatThrownBy(this::loadPython)
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(folder + ":data_batch_1 expects pickled images of CIFAR, but " + found);
    }

    @ParameterizedTest
    @CsvSource({"data_batch_3.bin, 6145", "test_batch.bin, 6147", "data_batch_1.bin, 0", "data_batch_5.bin, 3073"})
    void refusesTruncatedAndOversizedBatches(String name, int bytes) throws IOException {
        writeBinary();
        Files.write(folder.resolve(name), Arrays.copyOf(binary(0), bytes));
        assertThatThrownBy(this::loadBinary)
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(folder + ":" + name + " expects 6146 bytes (2 images of 3073), found " + bytes);
    }

    @Test
    void refusesLabelsOutOfRange() throws IOException {
        writeBinary();
        byte[] wrong = binary(1);
        wrong[RECORD] = 10;
        Files.write(folder.resolve("data_batch_2.bin"), wrong);
        assertThatThrownBy(this::loadBinary)
                .hasMessage(folder + ":data_batch_2.bin expects labels 0 to 9, found 10 for image 1");
    }

    @Test
    void namesTheMissingBatch() throws IOException {
        writeBinary();
        Files.delete(folder.resolve("data_batch_4.bin"));
        assertThatThrownBy(this::loadBinary)
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("expected the file data_batch_4.bin of CIFAR-10 in " + folder);
    }

    @Test
    void refusesTheSameBatchTwice() throws IOException {
        writeBinary();
        Files.createDirectory(folder.resolve("copy"));
        Files.write(folder.resolve("copy/test_batch.bin"), binary(5));
        assertThatThrownBy(this::loadBinary)
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("copy/test_batch.bin and " + folder + ":test_batch.bin");
    }

    @Test
    void takesClassNamesFromTheMetaFileAndCountsThem() throws IOException {
        writeBinary();
        Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");
        assertThat(loadBinary().test().classNames())
                .isEqualTo(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
        Files.writeString(folder.resolve("batches.meta.txt"), "a\nb\n");
        assertThatThrownBy(this::loadBinary).hasMessageContaining("expects 10 class names, found 2: [a, b]");
    }

    @Test
    void damagedPicklesAreAUsersError() throws IOException {
        writePython("protocol4");
        byte[] whole = GoldenBytes.of(CifarFormatsTest.class, "batch-protocol4.pickle");
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int round = 0; round < 200; round++) {
            byte[] damaged = Arrays.copyOf(whole, round % 2 == 0 ? whole.length : random.nextInt(whole.length));
            for (int i = 0; i < 20 && damaged.length > 0; i++) {
                // The first hundred bytes and the last ones contain the structure; the bytes between them are pixels.
                int at = random.nextInt(Math.min(200, damaged.length));
                damaged[at] ^= (byte) (1 + random.nextInt(255));
            }
            Files.write(folder.resolve("data_batch_1"), damaged);
            try {
                loadPython();
            } catch (Ascend4jException e) {
                assertThat(e).hasMessageContaining("data_batch_1 expects");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(150);
    }

    private DataSplits loadBinary() {
        return load(new CifarBinaryFormat(2));
    }

    private DataSplits loadPython() {
        return load(new CifarPythonFormat(2));
    }

    private DataSplits load(DataFormat format) {
        return new FileTreeSource("cifar", progress -> FileTree.open(folder), () -> List.of(format))
                .load(ProgressSink.NONE);
    }

    private void writeBinary() throws IOException {
        for (int batch = 0; batch < BATCHES.size(); batch++) {
            Files.write(folder.resolve(BATCHES.get(batch) + ".bin"), binary(batch));
        }
    }

    private void writePython(String kind) throws IOException {
        for (String batch : BATCHES) {
            Files.write(folder.resolve(batch), GoldenBytes.of(CifarFormatsTest.class, "batch-" + kind + ".pickle"));
        }
    }

    private static byte[] binary(int batch) {
        byte[] file = new byte[2 * RECORD];
        for (int i = 0; i < 2; i++) {
            file[i * RECORD] = (byte) (i == 0 ? 3 : 9);
            System.arraycopy(image(i, batch), 0, file, i * RECORD + 1, RECORD - 1);
        }
        return file;
    }

    private static byte[] image(int index, int batch) {
        byte[] values = new byte[RECORD - 1];
        for (int j = 0; j < values.length; j++) {
            values[j] = (byte) (7 * index + 3 * j + batch);
        }
        return values;
    }

    private static byte[] pixels(ImageSet set, int index) {
        byte[] values = new byte[(int) set.imageBytes()];
        set.pixels(index, 1).get(values);
        return values;
    }
}
