package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;

/** Tests the meaning of folder names. */
class FolderSplitTest {
    @Test
    void trainAndTestFoldersHaveSeveralUsualNames() {
        FolderSplit split =
                split("brain/Training/glioma/1.png", "brain/Training/pituitary/1.png", "brain/Testing/pituitary/1.png");
        assertThat(split.classNames()).containsExactly("glioma", "pituitary");
        assertThat(indices(split.train())).containsExactly(0, 1);
        assertThat(indices(split.test())).containsExactly(2);
        assertThat(split.test().get(0).className()).isEqualTo("pituitary");
    }

    @Test
    void testImagesComeBeforeThoseForValidation() {
        assertThat(indices(split("train/a/1.png", "val/a/2.png").test())).containsExactly(1);
        assertThat(indices(
                        split("train/a/1.png", "val/a/2.png", "testing/a/3.png").test()))
                .containsExactly(2);
    }

    @Test
    void aFolderAroundTrainAndTestMayHaveTheNameOfOne() {
        assertThat(indices(
                        split("training/train/a/1.png", "training/test/a/2.png").test()))
                .containsExactly(1);
    }

    @Test
    void classesMayHaveTheNamesOfTrainAndTestFolders() {
        assertThat(split("bench/1.png", "bench/2.png", "test/1.png", "test/2.png")
                        .classNames())
                .containsExactly("bench", "test");
        assertThat(split("train/bus/1.png", "train/bus/2.png", "train/train/1.png", "train/train/2.png")
                        .classNames())
                .containsExactly("bus", "train");
    }

    @Test
    void refusesTestFoldersWithoutATrainFolder() {
        String message =
                "expected a folder train or training beside test and val in data, found none; rename the folder"
                        + " of the training images, or name the folder of the classes";
        refused(message, "test/cat/1.png", "val/cat/2.png");
        refused(message, "cat/1.png", "cat/2.png", "test/cat/3.png", "val/cat/4.png");
        refused(message, "test/1.png", "test/2.png", "val/1.png", "val/2.png");
    }

    @Test
    void namesAreShownOnOneShortLine() {
        String hostile = "\u001b[31m\n" + "x".repeat(5000);
        refused(
                "expected at least two images of class \\u001b[31m\\u000a" + "x".repeat(64)
                        + "... in data to split into training and test, found one",
                hostile + "/1.png",
                "a/1.png",
                "a/2.png");
        refused(
                "expected test images of the training classes [a] in data, found ..." + "x".repeat(74) + "/1.png",
                "train/a/1.png",
                "test/" + hostile + "/1.png");
        refused(
                "expected a folder for each class below train in data, found the image ..." + "x".repeat(80),
                "train/a/1.png",
                "train/" + hostile);
    }

    @Test
    void refusesTwoFoldersOfOneMeaning() {
        refused(
                "expected one of the folders train and training in data, found both; rename or remove one",
                "test/a/1.png",
                "train/a/1.png",
                "training/a/1.png");
        refused(
                "expected one of the folders Testing and test in data, found both; rename or remove one",
                "Testing/a/1.png",
                "test/a/1.png",
                "train/a/1.png");
    }

    private static void refused(String message, String... paths) {
        assertThatThrownBy(() -> split(paths))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage(message);
    }

    private static FolderSplit split(String... paths) {
        return FolderSplit.of("data", List.of(paths), 0, false);
    }

    private static List<Integer> indices(List<FolderSplit.Sample> samples) {
        return samples.stream().map(FolderSplit.Sample::index).toList();
    }
}
