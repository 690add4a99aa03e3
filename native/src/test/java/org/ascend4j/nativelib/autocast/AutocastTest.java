package org.ascend4j.nativelib.autocast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.matmul;
import static org.bytedeco.pytorch.global.torch.ones;

import java.util.concurrent.CompletableFuture;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

@Requires(Prerequisite.NATIVE)
final class AutocastTest {
    @Test
    void matrixProductsAreComputedInTheLowerPrecisionWithinARegionOnly() {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = ones(2, 2);
            try (Autocast region = Autocast.enable(DeviceType.CPU, ScalarType.BFloat16)) {
                assertThat(matmul(x, x).scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
                try (Autocast inner = Autocast.disable(DeviceType.CPU)) {
                    assertThat(matmul(x, x).scalar_type().intern()).isEqualTo(ScalarType.Float);
                }
                assertThat(matmul(x, x).scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
            }
            assertThat(matmul(x, x).scalar_type().intern()).isEqualTo(ScalarType.Float);
        }
    }

    @Test
    void theRegionOfOneTypeOfDeviceLeavesTheOthersAlone() {
        try (Autocast region = Autocast.enable(DeviceType.PrivateUse1, ScalarType.Half)) {
            assertThat(Autocast.isEnabled(DeviceType.PrivateUse1)).isTrue();
            assertThat(Autocast.dtype(DeviceType.PrivateUse1)).isEqualTo(ScalarType.Half);
            assertThat(Autocast.isEnabled(DeviceType.CPU)).isFalse();
        }
        assertThat(Autocast.isEnabled(DeviceType.PrivateUse1)).isFalse();
    }

    @Test
    void theRegionOfOneThreadLeavesTheOthersAlone() {
        try (Autocast region = Autocast.enable(DeviceType.CPU, ScalarType.BFloat16)) {
            assertThat(CompletableFuture.supplyAsync(() -> Autocast.isEnabled(DeviceType.CPU))
                            .join())
                    .isFalse();
        }
    }

    @Test
    void theDtypeOfAnOuterRegionIsRestored() {
        ScalarType before = Autocast.dtype(DeviceType.CPU);
        try (Autocast outer = Autocast.enable(DeviceType.CPU, ScalarType.Half)) {
            try (Autocast inner = Autocast.enable(DeviceType.CPU, ScalarType.BFloat16)) {
                assertThat(Autocast.dtype(DeviceType.CPU)).isEqualTo(ScalarType.BFloat16);
            }
            assertThat(Autocast.dtype(DeviceType.CPU)).isEqualTo(ScalarType.Half);
        }
        assertThat(Autocast.dtype(DeviceType.CPU)).isEqualTo(before);
    }

    @Test
    void castWeightsAreKeptUntilTheCacheIsClearedOrTheOutermostRegionEnds() {
        try (PointerScope scope = new PointerScope()) {
            Tensor weight = ones(1, 1).requires_grad_(true);
            Tensor x = ones(1, 1);
            try (Autocast region = Autocast.enable(DeviceType.CPU, ScalarType.BFloat16)) {
                assertThat(product(x, weight)).isEqualTo(1);
                set(weight, 2);
                assertThat(product(x, weight)).as("the cast of the old weight").isEqualTo(1);
                Autocast.clearCache();
                assertThat(product(x, weight)).isEqualTo(2);
                set(weight, 3);
            }
            try (Autocast region = Autocast.enable(DeviceType.CPU, ScalarType.BFloat16)) {
                assertThat(product(x, weight)).isEqualTo(3);
            }
        }
    }

    @Test
    void withoutTheCacheEveryUseCastsAgain() {
        try (PointerScope scope = new PointerScope()) {
            Tensor weight = ones(1, 1).requires_grad_(true);
            Autocast.setCacheEnabled(false);
            try (Autocast region = Autocast.enable(DeviceType.CPU, ScalarType.BFloat16)) {
                assertThat(product(ones(1, 1), weight)).isEqualTo(1);
                set(weight, 2);
                assertThat(product(ones(1, 1), weight)).isEqualTo(2);
                assertThat(Autocast.isCacheEnabled()).isFalse();
            } finally {
                Autocast.setCacheEnabled(true);
            }
        }
    }

    private static float product(Tensor x, Tensor weight) {
        return matmul(x, weight).to(ScalarType.Float).item_float();
    }

    private static void set(Tensor weight, float value) {
        try (NoGradGuard guard = new NoGradGuard()) {
            weight.fill_(new Scalar(value));
        }
    }
}
