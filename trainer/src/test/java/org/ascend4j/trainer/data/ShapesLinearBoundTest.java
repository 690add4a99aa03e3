package org.ascend4j.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests that shapes need more than a linear classifier: ridge regression of one-hot labels on the pixels, solved in
 * closed form (dual form), with the best of four penalties.
 */
@Tag("slow")
class ShapesLinearBoundTest {
    private static final double[] PENALTIES = {30, 300, 3_000, 30_000};

    @Test
    void aLinearClassifierOnThePixelsStaysBelowSixtyPercent() {
        DataSplits shapes = ShapesSource.parse("", 0).load(ProgressSink.NONE);
        double best = 0;
        try (PointerScope scope = new PointerScope()) {
            Tensor train = pixels(shapes.train());
            Tensor gram = train.matmul(train.t());
            Tensor across = pixels(shapes.test()).matmul(train.t());
            for (double penalty : PENALTIES) {
                Tensor ridge = gram.add(torch.eye(shapes.train().size()).mul(new Scalar(penalty)));
                Tensor scores = across.matmul(torch.linalg_solve(ridge, oneHot(shapes.train())));
                best = Math.max(best, accuracy(shapes.test(), scores));
            }
        }
        assertThat(best).isBetween(0.15, 0.6);
    }

    /** Returns N x (pixels + 1) values from -1 to 1; the last column is the constant of the regression. */
    private static Tensor pixels(ImageSet images) {
        int columns = (int) images.imageBytes() + 1;
        ByteBuffer bytes = images.pixels(0, images.size());
        float[] values = new float[images.size() * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % columns == columns - 1 ? 1 : (bytes.get() & 0xFF) / 127.5F - 1;
        }
        return tensor(values, images.size());
    }

    private static Tensor oneHot(ImageSet images) {
        int classes = images.classNames().size();
        float[] values = new float[images.size() * classes];
        for (int i = 0; i < images.size(); i++) {
            values[i * classes + images.label(i)] = 1;
        }
        return tensor(values, images.size());
    }

    private static Tensor tensor(float[] values, int rows) {
        return torch.from_blob(new FloatPointer(values), rows, values.length / rows)
                .clone();
    }

    private static double accuracy(ImageSet images, Tensor scores) {
        Tensor predicted = scores.argmax(new LongOptional(1), false);
        int right = 0;
        for (int i = 0; i < images.size(); i++) {
            right += predicted.get(i).item_long() == images.label(i) ? 1 : 0;
        }
        return (double) right / images.size();
    }
}
