package org.ascend4j.trainer.bench;

import java.util.Arrays;
import org.ascend4j.device.DeviceBackend;
import org.ascend4j.device.Precision;
import org.ascend4j.runtime.Team;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The device's limit as its own matrix product reaches it: on a host one product per thread, side by side.
 *
 * <p>Written as a 1x1 convolution, so that on a CPU oneDNN computes it as it does the network's convolutions; {@code mm} would go to another library in fp32.
 */
final class MatrixProduct {
    private static final int SIZE = 1024;
    /** SIDE x SIDE pixels are the rows of the product. */
    private static final int SIDE = 32;

    private static final int REPEATS = 8;
    private static final int ROUNDS = 5;

    private MatrixProduct() {}

    /** Returns the best of a few rounds in floating point operations per second, an addition and a multiplication counted as two. */
    static double operationsPerSecond(DeviceBackend device, Precision precision, int threads) {
        int members = device.isHost() ? threads : 1;
        double best = 0;
        try (Team team = new Team(members, 1)) {
            for (int round = 0; round < ROUNDS; round++) {
                double[] seconds = new double[members];
                team.run(member -> seconds[member] = multiply(device, precision));
                double slowest = Arrays.stream(seconds).max().orElseThrow();
                best = Math.max(best, 2.0 * SIZE * SIZE * SIZE * REPEATS * members / slowest);
            }
        }
        return best;
    }

    private static double multiply(DeviceBackend device, Precision precision) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            ScalarType type =
                    switch (precision) {
                        case FP32 -> ScalarType.Float;
                        case FP16 -> ScalarType.Half;
                        case BF16 -> ScalarType.BFloat16;
                    };
            TensorOptions options = new TensorOptions(type).device(new DeviceOptional(device.device()));
            Tensor rows = torch.ones(new long[] {1, SIZE, SIDE, SIDE}, options);
            Tensor left = device.isHost() ? rows.contiguous(MemoryFormat.ChannelsLast) : rows;
            Tensor right = torch.ones(new long[] {SIZE, SIZE, 1, 1}, options);
            torch.conv2d(left, right);
            device.synchronize();
            long start = System.nanoTime();
            for (int i = 0; i < REPEATS; i++) {
                torch.conv2d(left, right).close();
            }
            device.synchronize();
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
