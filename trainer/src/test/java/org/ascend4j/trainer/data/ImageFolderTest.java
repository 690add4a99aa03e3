package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    Path folder;

    @Test
    void readsTrainAndTestFoldersWithClassesInAlphabeticalOrder() throws IOException {
        write("train/dog/1.png", png(8, 6, 0x102030));
        write("train/cat/2.png", png(8, 6, 0x405060));
        write("train/cat/deep/3.png", png(8, 6, 0x708090));
        write("test/dog/4.png", png(8, 6, 0xa0b0c0));
        write("train/cat/notes.txt", new byte[3]);
        write("train/.thumbnails/x.png", png(8, 6, 0));
        DataSplits splits = load("folder:" + folder);
        assertThat(splits.train().classNames()).containsExactly("cat", "dog");
        assertThat(splits.train().size()).isEqualTo(3);
        assertThat(splits.train().height()).isEqualTo(6);
        assertThat(splits.train().width()).isEqualTo(8);
        assertThat(colour(splits.train(), 0)).isEqualTo(0x405060);
        assertThat(colour(splits.train(), 1)).isEqualTo(0x708090);
        assertThat(splits.train().label(2)).isEqualTo(1);
        assertThat(colour(splits.test(), 0)).isEqualTo(0xa0b0c0);
        assertThat(splits.test().label(0)).isEqualTo(1);
    }

    @Test
    void withoutATestFolderAFifthOfEachClassIsDrawnBySeed() throws IOException {
        for (int i = 0; i < 10; i++) {
            write("a/" + i + ".png", png(4, 4, i));
            write("b/" + i + ".png", png(4, 4, 100 + i));
        }
        DataSplits splits = load(folder.toString());
        assertThat(splits.train().size()).isEqualTo(16);
        assertThat(splits.test().size()).isEqualTo(4);
        assertThat(splits.test().label(1)).isZero();
        assertThat(splits.test().label(2)).isEqualTo(1);
        assertThat(colours(load(folder.toString()).test())).isEqualTo(colours(splits.test()));
        assertThat(colours(load(folder.toString(), OptionalInt.empty(), 1).test()))
                .isNotEqualTo(colours(splits.test()));
        assertThat((colours(splits.train()) + colours(splits.test())).length()).isEqualTo(20 * 7);
    }

    @Test
    void progressCountsFiles() throws IOException {
        write("a/1.png", png(4, 4, 0));
        write("a/2.png", png(4, 4, 0));
        write("a/notes.txt", new byte[3]);
        List<String> told = new ArrayList<>();
        DataSources.parse(folder.toString(), DataSettings.defaults())
                .load((what, done, total) -> told.add(what + " " + done + "/" + total));
        String what = "reading " + folder + " ";
        assertThat(told).containsExactly(what + "1/-1", what + "2/-1", what + "2/2");
    }

    @Test
    void leavesOtherFilesAlone() throws IOException {
        write("a/1.png", png(4, 4, 0));
        write("a/notes.txt", new byte[3]);
        write("a/z.png", png(4, 4, 0));
        // No user, not even root, can open a file that was deleted.
        Path other = folder.resolve("a/notes.txt");
        DataSplits splits = DataSources.parse(folder.toString(), DataSettings.defaults())
                .load((what, done, total) -> other.toFile().delete());
        assertThat(other).doesNotExist();
        assertThat(splits.train().size() + splits.test().size()).isEqualTo(2);
    }

    @Test
    void imagesOfDifferentSizesGetTheFirstOnesShorterSideAndResizeDecides() throws IOException {
        write("a/1.png", png(40, 50, 0x112233));
        write("a/2.png", png(40, 50, 0x112233));
        write("a/3.png", png(10, 10, 0x112233));
        write("b/1.png", png(64, 20, 0x445566));
        write("b/2.png", png(40, 50, 0x445566));
        ImageSet mixed = load("folder:" + folder).train();
        assertThat(mixed.height()).isEqualTo(40);
        assertThat(mixed.width()).isEqualTo(40);
        assertThat(colours(mixed)).isEqualTo("112233,112233,445566,");
        assertThat(load("folder:" + folder, OptionalInt.of(48), 0).test().width())
                .isEqualTo(48);
    }

    @Test
    void tellsHowImagesAreFitted() throws IOException {
        write("a/1.png", png(40, 50, 0));
        write("a/2.png", png(40, 50, 0));
        assertThat(load("folder:" + folder).fit()).isEmpty();
        assertThat(load("folder:" + folder, OptionalInt.of(8), 0).fit())
                .isEqualTo("Images of 40x50 pixels are fitted: the shorter side of each becomes 8 and the middle 8x8 is"
                        + " taken; --resize sets another size.");
        write("a/3.png", png(300, 9, 0));
        assertThat(load("folder:" + folder).fit())
                .isEqualTo("Images of 40x9 to 300x50 pixels are fitted: the shorter side of each becomes 40 and the"
                        + " middle 40x40 is taken; --resize sets another size.");
    }

    @Test
    void keepsWholePhotographsForRandomCropsWhereAskedTo() throws IOException {
        write("a/1.png", png(40, 50, 0x112233));
        write("a/2.png", png(7, 3, 0x445566));
        write("test/1.png", png(9, 9, 0x445566));
        Files.move(
                folder.resolve("a"),
                Files.createDirectories(folder.resolve("train")).resolve("a"));
        Files.move(
                folder.resolve("test/1.png"),
                Files.createDirectories(folder.resolve("test/a")).resolve("1.png"));
        DataSettings keeping =
                new DataSettings(Path.of("unused"), Optional.empty(), OptionalInt.of(4), 0, false, false, true);
        DataSplits splits = DataSources.parse(folder.toString(), keeping).load(ProgressSink.NONE);
        assertThat(splits.train().height()).isEqualTo(4);
        PlainImage whole = splits.train().original(1);
        assertThat(whole.height()).isEqualTo(3);
        assertThat(whole.width()).isEqualTo(7);
        assertThat(whole.planes()).hasSize(63).startsWith(0x44).endsWith(0x66);
        PlainImage fitted =
                load(folder.toString(), OptionalInt.of(4), 0).train().original(1);
        assertThat(fitted.width()).isEqualTo(4);
        assertThat(fitted.planes()).hasSize(48).startsWith(0x44).endsWith(0x66);
    }

    @Test
    void skipsBrokenImagesWhereAskedTo() throws IOException {
        write("a/1.png", png(4, 4, 0x111111));
        write("a/2.png", Arrays.copyOf(png(4, 4, 0x222222), 40));
        write("a/3.png", png(4, 4, 0x333333));
        write("a/4.png", png(4, 4, 0x444444));
        refused("a/2.png expects a whole image, found one that is cut off after 40 bytes");
        DataSettings skipping =
                new DataSettings(Path.of("unused"), Optional.empty(), OptionalInt.empty(), 0, false, true, false);
        DataSplits splits = DataSources.parse(folder.toString(), skipping).load(ProgressSink.NONE);
        List<String> found = new ArrayList<>(List.of((colours(splits.train()) + colours(splits.test())).split(",")));
        assertThat(found).containsExactlyInAnyOrder("111111", "333333", "444444");
    }

    @Test
    void readsTheSameTreeFromAnArchiveWithARoot() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("./photos/test/cat/1.png", png(5, 5, 0x010203));
        files.put("./photos/train/dog/1.png", png(5, 5, 0x040506));
        files.put("./photos/train/cat/1.png", png(5, 5, 0x070809));
        DataSplits splits = load(archive(files).toString());
        assertThat(splits.train().classNames()).containsExactly("cat", "dog");
        assertThat(colour(splits.train(), 0)).isEqualTo(0x070809);
        assertThat(colour(splits.test(), 0)).isEqualTo(0x010203);
    }

    @Test
    void refusesArchivesThatLeaveTheirFolder() throws IOException {
        for (String path : new String[] {"../cat/1.png", "a/../../b.png", "/cat/1.png"}) {
            Path archive = archive(Map.of(path, png(5, 5, 0)));
            assertThatThrownBy(() -> load(archive.toString()))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage(
                            "expected paths inside the archive " + archive + ", found '" + path + "' that leaves it");
        }
    }

    @Test
    void refusesTruncatedArchives() throws IOException {
        byte[] whole = Files.readAllBytes(archive(Map.of("a/1.png", png(5, 5, 0), "a/2.png", png(5, 5, 1))));
        for (int size = 2; size < whole.length - 1; size += 7) {
            Path cut = Files.write(folder.resolve("cut.tar.gz"), Arrays.copyOf(whole, size));
            assertThatThrownBy(() -> load(cut.toString()))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessageContaining("cut.tar.gz");
        }
    }

    @Test
    void saysWhyAnArchiveCannotBeRead() {
        Path missing = folder.resolve("missing.tar.gz");
        assertThatThrownBy(() -> new TarGzTree(missing).visit(path -> true, (path, bytes, content) -> {}))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("expected a whole .tar.gz archive in " + missing + ": there is no " + missing);
    }

    @Test
    void refusesClassesThatOnlyTheTestSetHas() throws IOException {
        write("train/cat/1.png", png(4, 4, 0));
        write("test/cow/1.png", png(4, 4, 0));
        refused("expected test images of the training classes [cat] in " + folder + ", found test/cow/1.png");
    }

    @Test
    void refusesImagesBesideTheClasses() throws IOException {
        write("train/1.png", png(4, 4, 0));
        write("train/cat/2.png", png(4, 4, 0));
        refused("expected a folder for each class below train");
    }

    @Test
    void refusesBrokenImagesByName() throws IOException {
        write("a/1.png", png(4, 4, 0));
        write("a/2.jpg", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0});
        refused(folder + ":a/2.jpg expects a whole image, found one that is cut off");
    }

    @Test
    void refusesOneImageThatCannotBeSplit() throws IOException {
        write("a/1.png", png(4, 4, 0));
        refused("expected at least two images of class a");
    }

    @Test
    void refusesTwoDataSetsInOneFolder() throws IOException {
        write("a/1.png", png(4, 4, 0));
        write("data_batch_1.bin", new byte[0]);
        assertThatThrownBy(() -> load(folder.toString()))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining("found two: image folder");
    }

    @Test
    void aFolderWithNothingButAnArchiveIsThatArchive() throws IOException {
        byte[] image = png(4, 4, 0x102030);
        archive(Map.of("a/1.png", image, "a/2.png", image, "b/1.png", image, "b/2.png", image));
        assertThat(load(folder.toString()).train().classNames()).containsExactly("a", "b");
    }

    @Test
    void followsLinksToFolders() throws IOException {
        for (String name : new String[] {"a/1", "a/2", "b/1", "b/2"}) {
            write("disk/" + name + ".png", png(4, 4, 0x102030));
        }
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("disk"));
        assertThat(load(link.toString()).train().classNames()).containsExactly("a", "b");
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Files.createSymbolicLink(classes.resolve("c"), folder.resolve("disk/a"));
        Files.createSymbolicLink(classes.resolve("d"), folder.resolve("disk/b"));
        assertThat(load(classes.toString()).train().classNames()).containsExactly("c", "d");
    }

    @Test
    void tellsOfFoldersThatCannotBeRead() throws IOException {
        write("a/1.png", png(4, 4, 0));
        Path loop = Files.createSymbolicLink(folder.resolve("a/loop"), folder);
        refused("expected readable files in " + folder + ": " + loop + " is a link in a circle");
    }

    @Test
    void listsWhatWasLookedForWhereNothingIs() {
        assertThatThrownBy(() -> load(folder.toString()))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("expected a data set in " + folder + ", found none of: CIFAR-10 binary (")
                .hasMessageContaining("CIFAR-10 for Python")
                .hasMessageContaining("Fashion-MNIST")
                .hasMessageContaining("image folder");
    }

    private void refused(String message) {
        assertThatThrownBy(() -> load(folder.toString()))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageContaining(message);
    }

    private static DataSplits load(String spec) {
        return load(spec, OptionalInt.empty(), 0);
    }

    private static DataSplits load(String spec, OptionalInt resize, long seed) {
        DataSettings settings = new DataSettings(Path.of("unused"), Optional.empty(), resize, seed);
        return DataSources.parse(spec, settings).load(ProgressSink.NONE);
    }

    private void write(String path, byte[] content) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.write(folder.resolve(path), content);
    }

    private Path archive(Map<String, byte[]> files) throws IOException {
        Path archive = folder.resolve("archive.tar.gz");
        try (OutputStream file = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                TarArchiveEntry header = new TarArchiveEntry(entry.getKey(), true);
                header.setSize(entry.getValue().length);
                tar.putArchiveEntry(header);
                tar.write(entry.getValue());
                tar.closeArchiveEntry();
            }
        }
        return archive;
    }

    private static byte[] png(int width, int height, int rgb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, rgb);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static int colour(ImageSet images, int index) {
        byte[] pixels = new byte[(int) images.imageBytes()];
        images.pixels(index, 1).get(pixels);
        int area = images.height() * images.width();
        return (pixels[0] & 0xff) << 16 | (pixels[area] & 0xff) << 8 | pixels[2 * area] & 0xff;
    }

    private static String colours(ImageSet images) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < images.size(); i++) {
            text.append(String.format("%06x,", colour(images, i)));
        }
        return text.toString();
    }
}
