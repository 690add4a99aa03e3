package org.ascend4j.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ascend4j.Ascend4jException;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.DeviceSpec;
import org.ascend4j.device.Devices;
import org.ascend4j.nn.Conv2d;
import org.ascend4j.trainer.data.GoldenBytes;
import org.ascend4j.trainer.data.ImageSet;
import org.ascend4j.trainer.input.Batch;
import org.ascend4j.trainer.model.ImageClassifier;
import org.ascend4j.trainer.recipe.FirstLayer;
import org.ascend4j.trainer.recipe.InputSettings;
import org.ascend4j.trainer.recipe.Recipes;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteningTest {
    private static final int SIZE = 24;
    private static final int SIDE = 32;
    private static final int VALUES = 27;

    @AutoClose
    private static final DeviceBackend CPU = Devices.open(DeviceSpec.parse("cpu"));

    /** The second moments of a filter's outputs: 1 (up to airbench's constant) for a filter, 0 between two of different eigenvalues. */
    @ParameterizedTest
    @ValueSource(ints = {64, 10})
    void outputsAreWhite(int filters) {
        double[][] moments = moments();
        try (PointerScope scope = new PointerScope();
                Network model = new Network(filters)) {
            float[] before = weights(model);
            Whitening.apply(model, images(), CPU, input(), FirstLayer.WHITENED);
            float[] after = weights(model);
            int count = Math.min(VALUES, filters / 2);
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < count; j++) {
                    double product = 0;
                    for (int a = 0; a < VALUES; a++) {
                        for (int b = 0; b < VALUES; b++) {
                            product += after[i * VALUES + a] * moments[a][b] * after[j * VALUES + b];
                        }
                    }
                    assertThat(product).isCloseTo(i == j ? 1 : 0, within(2e-3));
                }
            }
            for (int i = 0; i < count * VALUES; i++) {
                assertThat(after[count * VALUES + i]).isEqualTo(-after[i]);
            }
            int set = 2 * count * VALUES;
            assertThat(Arrays.copyOfRange(after, set, after.length))
                    .isEqualTo(Arrays.copyOfRange(before, set, before.length));
            // The larger an eigenvalue, the shorter its filter.
            for (int i = 1; i < count; i++) {
                assertThat(norm(after, i)).isGreaterThan(norm(after, i - 1));
            }
        }
    }

    @Test
    void filtersStayIfTheyAreFrozen() {
        try (Network model = new Network(64)) {
            Whitening.freeze(model, FirstLayer.WHITENED);
            assertThat(model.convolution.weight().requires_grad()).isTrue();
            Whitening.freeze(model, FirstLayer.WHITENED_FROZEN);
            assertThat(model.convolution.weight().requires_grad()).isFalse();
        }
    }

    @Test
    void otherSettingsAreRefused() {
        assertThatThrownBy(() -> Recipes.bind(Recipes.override(Recipes.tree("fast"), Map.of("first_layer", "white"))))
                .isInstanceOf(Ascend4jException.class)
                .hasMessage("first_layer expects initialised, whitened or whitened_frozen, found white");
        assertThat(Recipes.named("fast").firstLayer()).isEqualTo(FirstLayer.INITIALISED);
    }

    private static double norm(float[] weights, int filter) {
        double sum = 0;
        for (int i = 0; i < VALUES; i++) {
            sum += weights[filter * VALUES + i] * weights[filter * VALUES + i];
        }
        return Math.sqrt(sum);
    }

    /** Returns the mean of the products of each two values of all 3 x 3 patches of the normalised images. */
    private static double[][] moments() {
        byte[] pixels = GoldenBytes.of(Batch.class, "images.bin");
        InputSettings input = input();
        double[][] sums = new double[VALUES][VALUES];
        double[] patch = new double[VALUES];
        int patches = 0;
        for (int image = 0; image < SIZE; image++) {
            for (int y = 0; y < SIDE - 2; y++) {
                for (int x = 0; x < SIDE - 2; x++) {
                    for (int i = 0; i < VALUES; i++) {
                        int channel = i / 9;
                        int row = y + i / 3 % 3;
                        int column = x + i % 3;
                        int value = pixels[((image * 3 + channel) * SIDE + row) * SIDE + column] & 0xff;
                        patch[i] = (value / 255.0 - input.mean().get(channel))
                                / input.std().get(channel);
                    }
                    for (int a = 0; a < VALUES; a++) {
                        for (int b = 0; b < VALUES; b++) {
                            sums[a][b] += patch[a] * patch[b];
                        }
                    }
                    patches++;
                }
            }
        }
        for (double[] row : sums) {
            for (int b = 0; b < VALUES; b++) {
                row[b] /= patches;
            }
        }
        return sums;
    }

    private static InputSettings input() {
        return Recipes.named("fast").input();
    }

    private static ImageSet images() {
        return new ImageSet(3, SIDE, SIDE, GoldenBytes.of(Batch.class, "images.bin"), new int[SIZE], List.of("noise"));
    }

    private static float[] weights(Network model) {
        Tensor weight = model.convolution.weight().detach();
        float[] values = new float[(int) weight.numel()];
        weight.contiguous().data_ptr_float().get(values);
        return values;
    }

    private static final class Network extends ImageClassifier {
        private final int filters;
        private final Conv2d convolution;

        Network(int filters) {
            super("Network");
            this.filters = filters;
            convolution = child("conv", new Conv2d(3, filters, 3, 1, 1, true));
        }

        @Override
        protected Tensor compute(Tensor input) {
            return convolution.forward(input).mean(2, 3);
        }

        @Override
        public ImageClassifier emptyCopy() {
            return new Network(filters);
        }

        @Override
        public String modelName() {
            return "network";
        }

        @Override
        public int outputs() {
            return filters;
        }
    }
}
