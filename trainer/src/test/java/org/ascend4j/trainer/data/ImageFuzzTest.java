package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ascend4j.nativelib.support.fuzz.ByteMutator;
import org.ascend4j.nativelib.support.fuzz.Fuzz;
import org.ascend4j.nativelib.support.fuzz.FuzzLimits;
import org.ascend4j.nativelib.support.fuzz.FuzzReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests damaged image files of each kind: the result is an image of the declared size, or an error sentence. */
@Tag("slow")
class ImageFuzzTest {
    /** The memory that {@link ImageDecoder} allows a file to claim: 16 bytes per pixel, up to the size of the heap. */
    private static final long DECLARED = Runtime.getRuntime().maxMemory();

    @ParameterizedTest
    @CsvSource({
        "jpeg, plain.jpg, progressive.jpg, cmyk.jpg",
        "png, profile.png, palette.png, grey16.png",
        "gif, plain.gif, plain.gif, plain.gif",
        "bmp, plain.bmp, palette.bmp, plain.bmp",
        "tiff, rgb.tif, cmyk.tif, deflate.tif",
        "webp, plain.webp, profile.webp, lossy.webp",
        "pnm, plain.ppm, plain.pgm, plain.ppm"
    })
    void fuzz(String kind, String first, String second, String third) {
        FuzzReport report = Fuzz.ofBytes("image-" + kind, input -> {
                    RgbImage image = ImageDecoder.decode("a/image", input);
                    assertThat(image.planes()).hasSize(RgbImage.CHANNELS * image.width() * image.height());
                })
                .regressions(kind.equals("webp") ? List.of(golden("reads-past-its-end.webp")) : List.of())
                .limits(FuzzLimits.DEFAULT.withMemory(DECLARED))
                .from(ByteMutator.of(golden(first), golden(second), golden(third)))
                .run();
        assertThat(report.refused()).isGreaterThan(report.inputs() / 20);
        assertThat(report.accepted()).isGreaterThan(report.inputs() / 50);
    }

    private static byte[] golden(String name) {
        return GoldenBytes.of(ImageFuzzTest.class, "images/" + name);
    }
}
