package org.ascend4j.nativelib.distributed;

import static org.bytedeco.pytorch.global.torch.ones;

import java.nio.file.Path;
import java.time.Duration;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** A rank of NamedGroupTest in a separate process: {@code STORE RANK SIZE}. */
final class AllReduceRank {
    private AllReduceRank() {}

    public static void main(String[] arguments) {
        Duration timeout = Duration.ofSeconds(60);
        int rank = Integer.parseInt(arguments[1]);
        int size = Integer.parseInt(arguments[2]);
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = ones(2).mul(new Scalar(rank + 1.0));
            try (KeyValueStore store = KeyValueStore.file(Path.of(arguments[0]), size, timeout);
                    NamedGroup group = NamedGroup.gloo("gradients", store, rank, size, "", timeout)) {
                allReduce(tensor, group.name());
            }
            System.out.println("before: " + tensor.data_ptr_float().get(0) + " "
                    + tensor.data_ptr_float().get(1));
            try {
                allReduce(tensor, "gradients");
            } catch (RuntimeException e) {
                System.out.println("after: unknown");
            }
        }
    }

    private static void allReduce(Tensor tensor, String group) {
        call("_c10d_functional::all_reduce_", new IValue(tensor), text("sum"), text(group));
        call("_c10d_functional::wait_tensor", new IValue(tensor));
    }

    private static IValue text(String value) {
        return new IValue(new BytePointer(value));
    }

    private static void call(String operator, IValue... arguments) {
        Dispatcher.singleton().findSchemaOrThrow(operator, "").callBoxed(new IValueVector(arguments));
    }
}
