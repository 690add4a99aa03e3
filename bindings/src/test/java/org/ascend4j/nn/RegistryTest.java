package org.ascend4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.ascend4j.device.Layout;
import org.ascend4j.optim.FlatParameters;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.GRUOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A layer trains and saves what torch's registry holds: shared tensors, shared layers, and what the presets' own methods registered. */
class RegistryTest {
    private PointerScope scope;

    /** A network that {@link #build} sets up; its forward method is not called. */
    private abstract static class Network extends Layer {
        Network() {
            super("Network");
            build();
        }

        abstract void build();

        @Override
        protected Tensor compute(Tensor input) {
            throw new UnsupportedOperationException();
        }
    }

    @BeforeEach
    void open() {
        scope = new PointerScope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** In Python {@code named_parameters()} has a tensor once, {@code state_dict()} under all its names. */
    @Test
    void aSharedTensorIsOneParameterWithSeveralNamesInTheState() {
        try (Layer model = new Network() {
            @Override
            void build() {
                Tensor shared = parameter("in", torch.ones(1));
                parameter("out", shared);
                child("head", new Linear(1, 1));
            }
        }) {
            assertThat(model.namedParameters().keySet()).containsExactly("in", "head.weight", "head.bias");
            Map<String, Tensor> state = model.stateDict().entries();
            assertThat(state.keySet()).containsExactly("in", "out", "head.weight", "head.bias");
            assertThat(state.get("out")).isSameAs(state.get("in"));
            try (FlatParameters flat = new FlatParameters(model.namedParameters(), Layout.CONTIGUOUS)) {
                state.get("in").mul(state.get("out")).sum().backward();
                // The derivative of w * w at 1, which is the sum over both uses.
                assertThat(flat.gradient(flat.names().indexOf("in")).item_double())
                        .isEqualTo(2.0);
            }
        }
    }

    @Test
    void aSharedLayerIsOneLayer() {
        Linear shared = new Linear(2, 2);
        try (Layer model = new Sequential(shared, new ReLU(false), shared)) {
            assertThat(model.namedParameters().keySet()).containsExactly("0.weight", "0.bias");
            assertThat(model.stateDict().entries().keySet())
                    .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
            assertThat(model.tree()).hasSize(3);
        }
    }

    @Test
    void whatThePresetsMethodsRegisteredIsTheLayersToo() {
        Linear head = new Linear(2, 2, false);
        try (Layer model = new Network() {
            @Override
            void build() {
                register_parameter("scale", torch.ones(2));
                register_buffer("count", torch.zeros(1));
                register_module("head", head);
                register_module("gru", new GRUImpl(new GRUOptions(2, 3)));
            }
        }) {
            assertThat(model.namedParameters().keySet())
                    .containsExactly(
                            "scale",
                            "head.weight",
                            "gru.weight_ih_l0",
                            "gru.weight_hh_l0",
                            "gru.bias_ih_l0",
                            "gru.bias_hh_l0");
            assertThat(model.stateDict().entries().keySet()).startsWith("scale", "count", "head.weight");
            assertThat(model.tree()).containsExactly(model, head);
        }
    }

    @Test
    void aTransientBufferMovesWithTheLayerButIsNoState() {
        try (Layer model = new Network() {
            @Override
            void build() {
                buffer("kept", torch.ones(1));
                transientBuffer("table", torch.ones(1));
            }
        }) {
            assertThat(model.stateDict().entries().keySet()).containsExactly("kept");
            model.to(torch.ScalarType.Double, false);
            assertThat(model.moduleTree().buffers().get("table").scalar_type().intern())
                    .isEqualTo(torch.ScalarType.Double);
        }
    }

    @Test
    void aChildThatTorchNoLongerHasIsNoChild() {
        Linear first = new Linear(2, 2);
        try (Sequential model = new Sequential(first, new Linear(2, 1))) {
            model.unregister_module("0");
            assertThat(model.namedParameters().keySet()).containsExactly("1.weight", "1.bias");
            assertThat(model.tree()).doesNotContain(first);
        }
    }

    @Test
    void dropoutsAndModulesThatMayHaveOneDrawRandomNumbers() {
        try (Layer norm = new Sequential(new Conv2d(2, 2, 1, 0), new BatchNorm2d(2), new Dropout(0));
                Layer dropout = new Sequential(new Linear(2, 2), new Sequential(new Dropout(0.1)));
                Layer maps = new Sequential(new Dropout2d(0.1));
                Layer presets = new Network() {
                    @Override
                    void build() {
                        child("gru", new GRUImpl(new GRUOptions(2, 3)));
                    }
                }) {
            assertThat(norm.treeDrawsRandomNumbers()).isFalse();
            assertThat(dropout.treeDrawsRandomNumbers()).isTrue();
            assertThat(maps.treeDrawsRandomNumbers()).isTrue();
            assertThat(presets.treeDrawsRandomNumbers()).isTrue();
        }
    }

    @Test
    void aTreeSaysWhyItsBatchStaysWhole() {
        try (Layer plain = new Sequential(new Conv2d(2, 2, 1, 0), new ReLU(true), new Dropout(0));
                Layer norm = new Sequential(new Sequential(new Conv2d(2, 2, 1, 0), new BatchNorm2d(2)));
                Layer dropout = new Sequential(new Linear(2, 2), new Dropout2d(0.1), new Dropout(0.1));
                Layer presets = new Network() {
                    @Override
                    void build() {
                        child("gru", new GRUImpl(new GRUOptions(2, 3)));
                    }
                }) {
            assertThat(plain.whyBatchStaysWhole()).isEmpty();
            assertThat(norm.whyBatchStaysWhole())
                    .contains("0.1: batch normalisation, whose statistics are the whole batch's");
            assertThat(dropout.whyBatchStaysWhole()).contains("1: dropout, whose random numbers have one order");
            assertThat(presets.whyBatchStaysWhole())
                    .contains("gru: the presets' GRU, which may compute with the batch as a whole");
        }
    }
}
