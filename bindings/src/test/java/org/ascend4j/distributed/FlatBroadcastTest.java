package org.ascend4j.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Tests both sides in one process: the buffers that rank 0 sends are kept and given to rank 1. */
class FlatBroadcastTest {
    @Test
    void tensorsOfOneTypeTravelInOneBuffer() {
        assertThat(transfer(Long.MAX_VALUE)).containsExactly(4 + 6 + 4, 1 + 3);
    }

    /** 24 bytes hold six floats or three longs: the transposed matrix fills a buffer, and a tensor is never divided. */
    @Test
    void buffersAreLimited() {
        assertThat(transfer(24)).containsExactly(4, 6, 4, 1, 3);
        assertThat(transfer(40)).containsExactly(4 + 6, 4, 1 + 3);
        assertThat(transfer(1)).containsExactly(4, 6, 4, 1, 3);
    }

    /** Returns the numbers of values in the buffers, after it has checked that rank 1 has rank 0's values. */
    private static List<Integer> transfer(long bufferBytes) {
        try (PointerScope scope = new PointerScope()) {
            List<Tensor> sent = tensors(1);
            List<Tensor> received = tensors(-1);
            Deque<Tensor> buffers = new ArrayDeque<>();
            List<Integer> sizes = new ArrayList<>();
            broadcast(sent, bufferBytes, buffer -> {
                assertThat(buffer.is_contiguous()).isTrue();
                sizes.add(Math.toIntExact(buffer.numel()));
                buffers.add(buffer.clone().retainReference());
            });
            broadcast(received, bufferBytes, buffer -> {
                try (Tensor of0 = buffers.remove()) {
                    buffer.copy_(of0);
                }
            });
            assertThat(buffers).isEmpty();
            List<Tensor> expected = tensors(1);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(sent.get(i).equal(expected.get(i))).as("sent %d", i).isTrue();
                assertThat(received.get(i).equal(expected.get(i)))
                        .as("received %d", i)
                        .isTrue();
            }
            return sizes;
        }
    }

    private static void broadcast(List<Tensor> tensors, long bufferBytes, Consumer<Tensor> each) {
        new FlatBroadcast(each, bufferBytes).all(tensors);
    }

    /** Floats of 4, 6 (transposed) and 4 values, and longs of 1 (without dimensions) and 3 between them. */
    private static List<Tensor> tensors(int sign) {
        return List.of(
                count(4, sign),
                count(1, sign).to(ScalarType.Long).reshape(),
                count(6, sign).reshape(2, 3).t(),
                count(3, sign).to(ScalarType.Long),
                count(4, sign).reshape(2, 2));
    }

    private static Tensor count(long length, int sign) {
        return torch.arange(new Scalar(length))
                .add(new Scalar(1.0))
                .mul(new Scalar(sign))
                .to(ScalarType.Float);
    }
}
