package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSourcesTest {
    @ParameterizedTest
    @ValueSource(strings = {"cifar11", "", "folder:", "no/such/file.tar.gz", "shape", "bad\0path"})
    void saysWhatDataMayBe(String spec) {
        assertThatThrownBy(() -> DataSources.parse(spec, DataSettings.defaults()))
                .isInstanceOf(Ascend4jException.class)
                .hasMessageStartingWith(
                        "data expects cifar10, fashion-mnist[:FOLDER], mnist[:FOLDER], emnist:FOLDER, folder:FOLDER, ");
    }

    @Test
    void shrinksWhatIsLargerThanAskedFor() {
        ImageSet plain = shapes(OptionalInt.empty()).train();
        ImageSet small = shapes(OptionalInt.of(16)).train();
        assertThat(small.height()).isEqualTo(16);
        byte[] image = new byte[3 * 32 * 32];
        plain.pixels(4, 1).get(image);
        byte[] found = new byte[3 * 16 * 16];
        small.pixels(4, 1).get(found);
        assertThat(found).isEqualTo(BilinearResize.resize(image, 3, 32, 32, 16, 16));
        assertThat(small.label(4)).isEqualTo(plain.label(4));
    }

    @Test
    void leavesEnlargingToTheDevice() {
        assertThat(shapes(OptionalInt.of(64)).train().height()).isEqualTo(32);
    }

    @Test
    void imageSetsCheckWhatTheyAreGiven() {
        List<String> names = List.of("a", "b");
        assertThatThrownBy(() -> new ImageSet(1, 2, 2, new byte[8], new int[] {0, 2}, names))
                .hasMessage("labels expect 0 to 1, found 2 for image 1");
        assertThatThrownBy(() -> new ImageSet(1, 2, 2, new byte[7], new int[] {0, 1}, names))
                .hasMessage("2 labels of 1x2x2 images expect 8 bytes of pixels, found 7");
        assertThatThrownBy(() -> new ImageSet(1, 2, 2, new byte[0], new int[0], names))
                .hasMessage("a data set expects at least one image, found none");
        assertThatThrownBy(() -> new ImageSet(1, 2, 2, new byte[4], new int[1], List.of("a", "a")))
                .hasMessage("class names expect no name twice, found [a, a]");
    }

    private static DataSplits shapes(OptionalInt resize) {
        DataSettings settings = new DataSettings(Path.of("unused"), Optional.empty(), resize, 0);
        return DataSources.parse("shapes:20,10", settings).load(ProgressSink.NONE);
    }
}
