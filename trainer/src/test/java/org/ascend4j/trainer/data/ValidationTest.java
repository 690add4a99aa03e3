package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.imageio.ImageIO;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation images of all three origins. */
class ValidationTest {
    private static final int CLASSES = 10;

    @TempDir
    private Path folder;

    @TempDir
    private Path elsewhere;

    @ParameterizedTest
    // Of 50 training images ten classes have 5 each: to the nearest image, but one or more, and one is left.
    @CsvSource({"0.2, 1", "0.3, 2", "0.5, 3", "0.01, 1", "0.99, 4"})
    void aShareOfEachClassIsHeldOut(String share, int ofEachClass) {
        ImageSet all = shapes("shapes:50,10", null, 0).train();
        DataSplits splits = shapes("shapes:50,10", share, 0);
        assertThat(labels(splits.validation())).hasSize(CLASSES * ofEachClass);
        for (int label = 0; label < CLASSES; label++) {
            int wanted = label;
            assertThat(labels(splits.validation()).stream().filter(found -> found == wanted))
                    .as("class %d", label)
                    .hasSize(ofEachClass);
        }
        Set<ByteBuffer> held = new HashSet<>(images(splits.validation()));
        List<ByteBuffer> left =
                images(all).stream().filter(image -> !held.contains(image)).toList();
        assertThat(images(splits.train())).isEqualTo(left);
        assertThat(held).hasSize(CLASSES * ofEachClass);
        assertThat(images(splits.test()))
                .isEqualTo(images(shapes("shapes:50,10", null, 0).test()));
    }

    @Test
    void theSeedDrawsTheShare() {
        assertThat(places("0.4", 1)).isEqualTo(places("0.4", 1)).isNotEqualTo(places("0.4", 2));
    }

    /** Returns which images of one set are held out with a seed. */
    private static List<Integer> places(String share, long seed) {
        ImageSet all = shapes("shapes:50,10", null, 0).train();
        DataSource same = new DataSource() {
            @Override
            public String name() {
                return "same";
            }

            @Override
            public DataSplits load(ProgressSink progress) {
                return new DataSplits(all, all);
            }
        };
        DataSettings settings = new DataSettings(Path.of("unused"), Optional.empty(), OptionalInt.empty(), seed)
                .withValidation(Validation.parse(share));
        List<ByteBuffer> images = images(all);
        return images(new ValidatingSource(same, settings)
                        .load(ProgressSink.NONE)
                        .validation())
                .stream()
                .map(images::indexOf)
                .toList();
    }

    @Test
    void aClassWithOneImageHasNoShare() {
        assertThatThrownBy(() -> shapes("shapes:11,1", "0.5", 0))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageMatching("--validate expects at least two training images of class .* to hold a share out,"
                        + " found one");
    }

    @Test
    void theFolderBesideTrainAndTestIsWhatItIs() throws IOException {
        threeFolders("Valid");
        DataSplits splits = load(folder, "split");
        assertThat(colours(splits.train())).containsExactly(1, 2);
        assertThat(colours(splits.test())).containsExactly(3);
        assertThat(colours(splits.validation())).containsExactly(4, 5);
        assertThat(labels(splits.validation())).containsExactly(0, 1);
        assertThat(load(folder, null).validation()).isNull();
        // Its share comes from the training images alone.
        write("train/a/6.png", 6, 8);
        write("train/b/7.png", 7, 8);
        assertThat(colours(load(folder, "0.5").validation())).hasSize(2).isSubsetOf(1, 2, 6, 7);
    }

    @Test
    void withoutATestFolderValidationImagesAreTheTestImages() throws IOException {
        write("train/a/1.png", 1, 8);
        write("val/a/2.png", 2, 8);
        assertThat(colours(load(folder, null).test())).containsExactly(2);
        refused(
                "split",
                "--validate split expects a folder val, valid or validation beside train and test, found none in "
                        + folder + "; set --validate to a share or a folder");
    }

    @Test
    void aFolderOfItsOwnGivesWhatTheSplitGives() throws IOException {
        threeFolders("val");
        Path own = elsewhere.resolve("val");
        DataSplits split = load(folder, "split");
        Files.move(folder.resolve("val"), own);
        DataSplits splits = load(folder, own.toString());
        assertThat(images(splits.validation())).isEqualTo(images(split.validation()));
        assertThat(labels(splits.validation())).isEqualTo(labels(split.validation()));
    }

    @Test
    void imagesOfAFolderAreFittedToTheTrainingImages() throws IOException {
        threeFolders("val");
        write(elsewhere.resolve("b/1.png"), 9, 16);
        DataSplits splits = load(folder, elsewhere.toString());
        assertThat(splits.validation().height()).isEqualTo(8);
        assertThat(colours(splits.validation())).containsExactly(9);
        assertThat(labels(splits.validation())).containsExactly(1);
    }

    @Test
    void unknownClassesAreRefusedWhereTheImagesAreUsed() throws IOException {
        threeFolders("val");
        write("val/cow/1.png", 9, 8);
        assertThat(load(folder, null).test().size()).isEqualTo(1);
        String message = "expected validation images of the training classes [a, b] in ";
        refused("split", message + folder + ", found val/cow/1.png");
        Path val = folder.resolve("val");
        refused(val.toString(), message + val + ", found cow/1.png");
    }

    @Test
    void aFolderWithoutImagesIsRefused() throws IOException {
        threeFolders("val");
        Path empty = Files.createDirectories(folder.resolve("empty"));
        refused(empty.toString(), "expected a folder of images for each class in " + empty + ", found no image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "1.5", "-0.1", "10%", "0,1", ""})
    void otherSharesAreRefused(String text) {
        assertThatThrownBy(() -> Validation.parse(text))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith("--validate expects a share of the training images between 0 and 1, split, or a"
                        + " folder with a folder of images for each class, found '" + text + "'");
    }

    private void refused(String validate, String message) {
        assertThatThrownBy(() -> load(folder, validate))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(message);
    }

    /** One image of a colour of its own in each of two classes for training and validation. */
    private void threeFolders(String validation) throws IOException {
        write("train/a/1.png", 1, 8);
        write("train/b/2.png", 2, 8);
        write("test/b/3.png", 3, 8);
        write(validation + "/a/4.png", 4, 8);
        write(validation + "/b/5.png", 5, 8);
    }

    private void write(String path, int blue, int side) throws IOException {
        write(folder.resolve(path), blue, side);
    }

    private static void write(Path file, int blue, int side) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            image.setRGB(i % side, i / side, blue);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        Files.createDirectories(file.getParent());
        Files.write(file, png.toByteArray());
    }

    private static DataSplits load(Path data, String validate) {
        DataSettings settings = DataSettings.defaults().withValidation(Validation.parse(validate));
        return DataSources.parse(data.toString(), settings).load(ProgressSink.NONE);
    }

    private static DataSplits shapes(String spec, String validate, long seed) {
        DataSettings settings = new DataSettings(Path.of("unused"), Optional.empty(), OptionalInt.empty(), seed)
                .withValidation(Validation.parse(validate));
        return DataSources.parse(spec, settings).load(ProgressSink.NONE);
    }

    private static List<ByteBuffer> images(ImageSet set) {
        List<ByteBuffer> images = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            images.add(set.pixels(i, 1));
        }
        return images;
    }

    private static List<Integer> labels(ImageSet set) {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < set.size(); i++) {
            labels.add(set.label(i));
        }
        return labels;
    }

    /** The blue of each image's first pixel. */
    private static List<Integer> colours(ImageSet set) {
        return images(set).stream()
                .map(image -> image.get(2 * set.height() * set.width()) & 255)
                .toList();
    }
}
