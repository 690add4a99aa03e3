package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.ascend4j.Ascend4jException;
import org.junit.jupiter.api.Test;

class ShapesSourceTest {
    @Test
    void theSameSeedGivesTheSameBytesEverywhere() throws Exception {
        DataSplits shapes = ShapesSource.parse("200,20", 0).load(ProgressSink.NONE);
        assertThat(sha256(shapes.train()))
                .isEqualTo("bfc34094fc34df5df682c9bbc56d925011d68206125cef3e19a1f4b7cf08a3fd");
        assertThat(sha256(shapes.test())).isEqualTo("0bf5dea32b147c1473ba60f3b3e0c12ce8df85a37affd00320f321d0c60f1508");
    }

    @Test
    void anotherSeedAndTheTestSetAreOtherImages() throws Exception {
        DataSplits zero = ShapesSource.parse("20,20", 0).load(ProgressSink.NONE);
        DataSplits one = ShapesSource.parse("20,20", 1).load(ProgressSink.NONE);
        assertThat(sha256(one.train())).isNotEqualTo(sha256(zero.train()));
        assertThat(sha256(zero.test())).isNotEqualTo(sha256(zero.train()));
    }

    @Test
    void classesTakeTurns() {
        DataSplits shapes = ShapesSource.parse("25,10", 3).load(ProgressSink.NONE);
        assertThat(shapes.train().size()).isEqualTo(25);
        assertThat(shapes.train().label(23)).isEqualTo(3);
        assertThat(shapes.test().classNames())
                .containsExactly(
                        "arrow", "circle", "crescent", "cross", "frame", "heart", "ring", "square", "star", "triangle");
    }

    @Test
    void polygonsMeasureDistance() {
        Polygon square = new Polygon(-1, -1, 1, -1, 1, 1, -1, 1);
        assertThat(square.distance(0, 0)).isEqualTo(-1);
        assertThat(square.distance(0.5, 0)).isEqualTo(-0.5);
        assertThat(square.distance(4, 5)).isEqualTo(5);
        assertThat(square.distance(0, 3)).isEqualTo(2);
    }

    @Test
    void refusesSizesItCannotDraw() {
        for (String sizes : new String[] {"10", "0,5", "10,", "600000,1", "-1,2"}) {
            assertThatThrownBy(() -> ShapesSource.parse(sizes, 0))
                    .isInstanceOf(Ascend4jException.class)
                    .hasMessage("shapes expects shapes:TRAIN,TEST with 1 to 500000 images each, found 'shapes:" + sizes
                            + "'");
        }
    }

    private static String sha256(ImageSet images) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(images.pixels(0, images.size()));
        return HexFormat.of().formatHex(digest.digest());
    }
}
