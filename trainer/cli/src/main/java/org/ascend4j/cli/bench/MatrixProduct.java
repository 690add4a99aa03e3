package org.ascend4j.cli.bench;

import java.util.Arrays;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Layout;
import org.ascend4j.device.Precision;
import org.ascend4j.runtime.Team;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The device's speed limit, measured with matrix products: on a host one product per thread, in parallel.
 *
 * <p>The products are written as convolutions, so that on a CPU oneDNN computes them, as it does those of the network;
 * {@code mm} would use another library in fp32. There are products of pixels and of patches of 3x3 pixels, for which
 * oneDNN is fastest. The operands stay in the processor's cache.
 */
final class MatrixProduct {
    private static final int[] KERNELS = {1, 3};
    private static final int CHANNELS = 256;
    private static final int IMAGES = 16;
    private static final int SIDE = 8;

    /** Number of products between two readings of the clock; each reading waits for the device. */
    private static final int BURST = 8;

    private static final double SECONDS = 0.03;
    private static final int ROUNDS = 5;

    private MatrixProduct() {}

    /** Returns the best of a few rounds in floating point operations per second; an addition and a multiplication count as two. */
    static double operationsPerSecond(DeviceBackend device, Precision precision, int threads) {
        int members = device.isHost() ? threads : 1;
        double best = 0;
        try (Team team = new Team(members, 1)) {
            for (int kernel : KERNELS) {
                for (int round = 0; round < ROUNDS; round++) {
                    double[] rates = new double[members];
                    team.run(member -> rates[member] = rate(device, precision, kernel));
                    best = Math.max(best, Arrays.stream(rates).sum());
                }
            }
        }
        return best;
    }

    private static double rate(DeviceBackend device, Precision precision, int kernel) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            ScalarType type =
                    switch (precision) {
                        case FP32 -> ScalarType.Float;
                        case FP16 -> ScalarType.Half;
                        case BF16 -> ScalarType.BFloat16;
                    };
            TensorOptions options = new TensorOptions(type).device(new DeviceOptional(device.device()));
            Tensor input = stored(torch.ones(new long[] {IMAGES, CHANNELS, SIDE, SIDE}, options), device);
            Tensor weight = stored(torch.ones(new long[] {CHANNELS, CHANNELS, kernel, kernel}, options), device);
            long[] padding = {kernel / 2, kernel / 2};
            long[] one = {1, 1};
            Runnable product = () -> torch.conv2d(input, weight, new TensorOptional(), one, padding, one, 1)
                    .close();
            product.run();
            device.synchronize();
            long start = System.nanoTime();
            double seconds = 0;
            int products = 0;
            while (seconds < SECONDS) {
                for (int i = 0; i < BURST; i++) {
                    product.run();
                }
                products += BURST;
                device.synchronize();
                seconds = (System.nanoTime() - start) / 1e9;
            }
            return 2.0 * IMAGES * SIDE * SIDE * CHANNELS * CHANNELS * kernel * kernel * products / seconds;
        }
    }

    private static Tensor stored(Tensor tensor, DeviceBackend device) {
        return device.preferredLayout() == Layout.CHANNELS_LAST ? tensor.contiguous(MemoryFormat.ChannelsLast) : tensor;
    }
}
