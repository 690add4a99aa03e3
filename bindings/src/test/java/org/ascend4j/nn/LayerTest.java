package org.ascend4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.ones;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.StringTensorDict;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Tests the tree of layers: names, ownership, observation. */
class LayerTest {
    @Test
    void stateDictIsInPythonsOrder() {
        try (Sequential tree = tree()) {
            assertThat(tree.stateDict().entries().keySet())
                    .containsExactly(
                            "0.weight",
                            "0_bn.weight",
                            "0_bn.bias",
                            "0_bn.running_mean",
                            "0_bn.running_var",
                            "0_bn.num_batches_tracked",
                            "inner.0.weight",
                            "inner.0.bias");
            assertThat(tree.namedParameters().keySet())
                    .containsExactly("0.weight", "0_bn.weight", "0_bn.bias", "inner.0.weight", "inner.0.bias");
        }
    }

    /** The layers hold what libtorch itself registered: the same names, the same storage. */
    @Test
    void handlesAreLibtorchsOwnTensors() {
        try (Sequential tree = tree();
                PointerScope scope = new PointerScope()) {
            assertThat(scope).isNotNull();
            StringTensorDict registered = tree.named_parameters();
            assertThat(registered.size()).isEqualTo(tree.namedParameters().size());
            tree.namedParameters().forEach((name, tensor) -> {
                assertThat(tensor.requires_grad()).as(name).isTrue();
                assertThat(registered.get(name).data_ptr()).as(name).isEqualTo(tensor.data_ptr());
            });
        }
    }

    /** {@code to} replaces the storage inside the tensors, so the layers' handles refer to the new one. */
    @Test
    void handlesFollowAConversion() {
        try (Sequential tree = tree();
                Tensor input = ones(2, 2, 3, 3);
                Tensor wide = input.to(ScalarType.Double)) {
            tree.to(ScalarType.Double, false);
            assertThat(tree.namedParameters().values())
                    .allMatch(p -> p.scalar_type().intern() == ScalarType.Double);
            try (Tensor output = tree.forward(wide)) {
                assertThat(output.scalar_type().intern()).isEqualTo(ScalarType.Double);
            }
        }
    }

    @Test
    void trainingModeReachesAllLayers() {
        try (Sequential tree = tree()) {
            tree.eval();
            List<Layer> layers = tree.tree();
            assertThat(layers).hasSize(5).noneMatch(Layer::is_training);
            tree.train(true);
            assertThat(layers).allMatch(Layer::is_training);
        }
    }

    @Test
    void closeFreesEverythingAlsoInsideTheScopeOfConstruction() {
        long before = liveObjects();
        try (PointerScope scope = new PointerScope()) {
            assertThat(scope).isNotNull();
            Sequential tree = tree();
            tree.close();
            assertThat(liveObjects()).isEqualTo(before);
        }
        assertThat(liveObjects()).isEqualTo(before);
    }

    @Test
    void observerSeesLayersInsideOut() {
        List<String> seen = new ArrayList<>();
        try (Sequential tree = tree();
                Tensor input = ones(2, 2, 3, 3)) {
            Layer.observe(
                    new ForwardObserver() {
                        @Override
                        public void before(Layer layer, Tensor observed) {
                            seen.add("before " + layer.typeName());
                        }

                        @Override
                        public void after(Layer layer, Tensor observed, Tensor output) {
                            seen.add(layer.typeName() + " " + output.size(1));
                        }
                    },
                    () -> tree.forward(input).close());
            int count = seen.size();
            tree.forward(input).close();
            assertThat(seen).hasSize(count);
        }
        assertThat(seen)
                .containsExactly(
                        "before Sequential",
                        "before Conv2d",
                        "Conv2d 3",
                        "before BatchNorm2d",
                        "BatchNorm2d 3",
                        "before Sequential",
                        "before Conv2d",
                        "Conv2d 4",
                        "Sequential 4",
                        "Sequential 4");
    }

    private static Sequential tree() {
        return new Sequential()
                .add("0", new Conv2d(2, 3, 1, 1, 0, false))
                .add("0_bn", new BatchNorm2d(3))
                .add("inner", new Sequential(new Conv2d(3, 4, 1, 0)));
    }

    /** Returns the number of native objects, after those that earlier tests left to the garbage collector have been freed. */
    private static long liveObjects() {
        long before;
        do {
            before = Pointer.totalCount();
            System.gc();
            LockSupport.parkNanos(50_000_000);
        } while (Pointer.totalCount() != before);
        return before;
    }
}
