package org.ascend4j.nativelib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.ascend4j.nativelib.autocast.Autocast;
import org.ascend4j.nativelib.distributed.GradientBuckets;
import org.ascend4j.nativelib.distributed.KeyValueStore;
import org.ascend4j.nativelib.distributed.NamedGroup;
import org.ascend4j.nativelib.distributed.SyncBatchNorm;
import org.ascend4j.nativelib.nn.MatrixConvolution;
import org.ascend4j.nativelib.nn.MaxPooling;
import org.ascend4j.nativelib.nn.RectifiedMaps;
import org.ascend4j.nativelib.nn.WinogradConvolution;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** The errors of the native entry points for arguments that they would otherwise read out of bounds. */
@Requires(Prerequisite.NATIVE)
class ArgumentsTest {
    private static final Tensor NONE = null;

    private static Tensor meta(long... sizes) {
        return torch.empty(sizes, new TensorOptions(new Device("meta")), null);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(RuntimeException.class).hasMessageContaining(message);
    }

    @Test
    void convolutionsReadOnlyMemoryOfTheHost() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = torch.randn(1, 2, 3, 3);
            Tensor weight = torch.randn(4, 2, 3, 3);
            refused(
                    () -> MatrixConvolution.forward(meta(1, 2, 3, 3), weight, NONE),
                    "matrix_convolution's input expects values on the CPU in Float, BFloat16, Half or Double, found [1, 2, 3, 3] on meta in Float");
            refused(
                    () -> MatrixConvolution.forward(maps, meta(4, 2, 3, 3), NONE),
                    "matrix_convolution's weight expects values on the CPU");
            refused(() -> MatrixConvolution.forward(new Tensor(), weight, NONE), "found no tensor");
            refused(
                    () -> MatrixConvolution.forward(maps.to(ScalarType.Int), weight, NONE),
                    "found [1, 2, 3, 3] on cpu in Int");
            refused(
                    () -> MatrixConvolution.forward(maps, weight, torch.randn(1)),
                    "matrix_convolution's bias expects a value on the CPU for each of 4 outputs, found [1] on cpu in Float");
            refused(
                    () -> MatrixConvolution.forward(maps.narrow(0, 0, 0), weight, NONE),
                    "matrix_convolution's input expects images, found [0, 2, 3, 3]");
        }
    }

    @Test
    void winogradsConvolutionReadsOnlyMemoryOfTheHost() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = torch.randn(1, 8, 4, 4);
            Tensor weight = torch.randn(8, 8, 3, 3);
            refused(
                    () -> WinogradConvolution.forward(meta(1, 8, 4, 4), weight, NONE),
                    "winograd_convolution's input expects values on the CPU in Float, found [1, 8, 4, 4] on meta in Float");
            refused(
                    () -> WinogradConvolution.forward(maps, meta(8, 8, 3, 3), NONE),
                    "winograd_convolution's weight expects values on the CPU in Float");
            refused(() -> WinogradConvolution.forward(new Tensor(), weight, NONE), "found no tensor");
            refused(
                    () -> WinogradConvolution.forward(maps, weight, torch.randn(1)),
                    "winograd_convolution's bias expects a value in Float on the CPU for each of 8 outputs, found [1] on cpu in Float");
            refused(
                    () -> WinogradConvolution.forward(maps.narrow(0, 0, 0), weight, NONE),
                    "winograd_convolution's input expects images, found [0, 8, 4, 4]");
        }
    }

    @Test
    void poolingsAndRectifiersReadOnlyMemoryOfTheHost() {
        try (PointerScope scope = new PointerScope()) {
            Tensor maps = torch.randn(1, 2, 4, 4);
            refused(() -> MaxPooling.forward(meta(1, 2, 4, 4), 2, 2, 0, false), "found [1, 2, 4, 4] on meta in Float");
            refused(() -> MaxPooling.forward(new Tensor(), 2, 2, 0, false), "found no tensor");
            refused(() -> MaxPooling.forward(maps.narrow(0, 0, 0), 2, 2, 0, false), "found [0, 2, 4, 4]");
            refused(() -> MaxPooling.forward(maps, 2, 2, -1, false), "found 2, 2 and -1");
            refused(() -> MaxPooling.forward(maps, 2, Long.MAX_VALUE, 0, true), "a positive stride");
            assertThat(MaxPooling.takes(maps, 3, 1, 1)).isTrue();
            assertThat(MaxPooling.takes(maps, 16, 1, 8)).isFalse();
            assertThat(MaxPooling.takes(maps, 5, 1, 0)).isFalse();
            refused(() -> RectifiedMaps.split(meta(1, 2, 4, 4), 1, 1), "on meta in Float");
            refused(
                    () -> RectifiedMaps.split(maps, Long.MAX_VALUE, Long.MAX_VALUE, 4),
                    "rectified_split expects positive widths that add up to 2 channels");
            refused(() -> RectifiedMaps.join(new TensorVector(maps, new Tensor())), "found no tensor");
        }
    }

    @Test
    void normsAndBucketsCheckWhatTheyAreGiven() {
        try (PointerScope scope = new PointerScope();
                KeyValueStore store = KeyValueStore.inMemory(Duration.ofSeconds(10));
                NamedGroup group = NamedGroup.gloo("arguments", store, 0, 1, "lo", Duration.ofSeconds(10))) {
            Tensor two = torch.ones(2);
            refused(
                    () -> norm(torch.randn(2, 0, 3), two, group),
                    "sync_batch_norm's input expects N x C x ... with images, found [2, 0, 3] on cpu in Float");
            refused(
                    () -> norm(torch.randn(4, 3), two, group),
                    "sync_batch_norm's weight expects 3 values in Float on cpu, found [2]");
            refused(() -> norm(torch.randn(1, 2), two, group), "more than 1 value per channel");
            refused(() -> norm(new Tensor(), two, group), "found no tensor");
            refused(
                    () -> new GradientBuckets(group.name(), two, torch.ones(3), List.of()),
                    "gradient_buckets' gradients expects [2] on cpu in Float, found [3] on cpu in Float");
            Tensor stranger = torch.ones(8).set_requires_grad(true);
            refused(
                    () -> new GradientBuckets(group.name(), two, torch.ones(2), List.of(List.of(stranger))),
                    "gradient_buckets' leaf expects a view of the values");
        }
    }

    private static Tensor norm(Tensor input, Tensor channels, NamedGroup group) {
        return SyncBatchNorm.forward(input, channels, channels, channels, channels, 0.1, 1e-5, group.name());
    }

    @Test
    void tensorsThatAreClosedOrNullAreRefused() {
        try (PointerScope scope = new PointerScope();
                KeyValueStore store = KeyValueStore.inMemory(Duration.ofSeconds(10));
                NamedGroup group = NamedGroup.gloo("closed", store, 0, 1, "lo", Duration.ofSeconds(10))) {
            Tensor maps = torch.randn(1, 2, 4, 4);
            Tensor closed = torch.randn(1, 2, 4, 4);
            closed.close();
            for (Tensor none : new Tensor[] {closed, NONE}) {
                refused(() -> MatrixConvolution.forward(none, maps, NONE), "NULL");
                refused(() -> MatrixConvolution.forward(maps, none, NONE), "NULL");
                refused(() -> WinogradConvolution.forward(none, maps, NONE), "NULL");
                refused(() -> WinogradConvolution.forward(maps, none, NONE), "NULL");
                refused(() -> MaxPooling.forward(none, 2, 2, 0, false), "NULL");
                refused(() -> RectifiedMaps.split(none, 1, 1), "NULL");
                refused(() -> norm(none, maps, group), "NULL");
                refused(() -> norm(maps, none, group), "NULL");
                refused(() -> new GradientBuckets(group.name(), none, maps, List.of()), "NULL");
                refused(() -> new GradientBuckets(group.name(), maps, none, List.of()), "NULL");
            }
            Tensor two = torch.ones(2);
            GradientBuckets buckets = new GradientBuckets(group.name(), two, torch.ones(2), List.of());
            buckets.close();
            buckets.close();
            refused(buckets::arm, "NULL");
            refused(buckets::finish, "NULL");
            refused(() -> norm(meta(2, 2, 3), meta(2), group), "found [2, 2, 3] on meta in Float");
        }
    }

    @Test
    void autocastTakesFloatingTypesAlone() {
        refused(() -> Autocast.enable(DeviceType.CPU, ScalarType.Int), "autocast expects a floating type, found Int");
        assertThat(Autocast.isEnabled(DeviceType.CPU)).isFalse();
    }
}
