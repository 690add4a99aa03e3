// Recurrent layers as torch_npu runs them with aclop: one operator per layer and direction.
#include "aclop_kernel.h"
#include "recurrence.h"
#include "wide.h"

using namespace sim;

namespace {

Tensor input(const AclopCall& call, size_t index) { return wide(view(call.inputs[index])); }

/** Returns a state of shape (batch, hidden); the input may have an additional axis for the layer. */
Tensor state(const AclopCall& call, size_t index) {
    Tensor value = input(call, index);
    return value.dim() == 3 ? value[0] : value;
}

/** Returns a sequence of shape (time, batch, numbers); the single step of a cell may lack the time axis. */
Tensor sequence(const AclopCall& call, size_t index) {
    Tensor value = input(call, index);
    return value.dim() == 2 ? value.unsqueeze(0) : value;
}

/**
 * Returns an LSTM whose weights are separate inputs. Its bias, the fourth input of the forward operator, may be
 * absent.
 */
LstmLayer cell(const AclopCall& call, size_t h0, size_t c0) {
    Tensor weight = at::cat({input(call, 1), input(call, 2)}, 0);
    return {weight, weight.new_zeros({weight.size(1)}), state(call, h0), state(call, c0), std::nullopt};
}

/**
 * Returns the sequence mask, which has three dimensions; a caller whose sequences have equal lengths passes none or a
 * scalar.
 */
MaybeTensor mask(const AclopCall& call, size_t index) {
    const AclopTensor& given = call.inputs[index];
    return is_given(given) && given.sizes.size() == 3 ? MaybeTensor(input(call, index)) : std::nullopt;
}

bool reversed(const AclopCall& call) { return call.strings.at("direction") == "REDIRECTIONAL"; }

void assign(const AclopCall& call, std::initializer_list<Tensor> results) {
    size_t index = 0;
    for (const Tensor& result : results) {
        Tensor out = view(call.outputs[index++]);
        out.copy_(result.reshape(out.sizes()));
    }
}

}  // namespace

extern "C" {

SIM_EXPORT aclError simAclopDynamicRNN(const AclopCall& call, aclrtStream stream) {
    return run_aclop("aclop DynamicRNN", stream, [call] {
        LstmLayer layer{input(call, 1), input(call, 2), state(call, 4), state(call, 5), mask(call, 3), reversed(call)};
        LstmSteps all = lstm(input(call, 0), layer);
        assign(call, {all.y, all.h, all.c, all.i, all.j, all.f, all.o, all.tanhc});
    });
}

SIM_EXPORT aclError simAclopDynamicRNNGrad(const AclopCall& call, aclrtStream stream) {
    return run_aclop("aclop DynamicRNNGrad", stream, [call] {
        LstmLayer layer{input(call, 1), input(call, 2), state(call, 4), state(call, 5), mask(call, 16), reversed(call)};
        LstmSteps all{input(call, 3),  input(call, 6),  input(call, 7),  input(call, 11),
                      input(call, 12), input(call, 13), input(call, 14), input(call, 15)};
        LstmGradients d = lstm_backward(input(call, 0), layer, all, input(call, 8), state(call, 9), state(call, 10));
        assign(call, {d.weight, d.bias, d.x, d.h0, d.c0});
    });
}

SIM_EXPORT aclError simAclopDynamicRNNV2(const AclopCall& call, aclrtStream stream) {
    return run_aclop("aclop DynamicRNNV2", stream, [call] {
        LstmLayer layer = cell(call, 5, 6);
        layer.bias = is_given(call.inputs[3]) ? input(call, 3) : layer.bias;
        LstmSteps all = lstm(sequence(call, 0), layer);
        assign(call, {all.y, all.h, all.c, all.i, all.j, all.f, all.o, all.tanhc});
    });
}

SIM_EXPORT aclError simAclopDynamicRNNV2Grad(const AclopCall& call, aclrtStream stream) {
    return run_aclop("aclop DynamicRNNV2Grad", stream, [call] {
        LstmLayer layer = cell(call, 4, 5);
        LstmSteps all{sequence(call, 3),  sequence(call, 6),  sequence(call, 7),  sequence(call, 11),
                      sequence(call, 12), sequence(call, 13), sequence(call, 14), sequence(call, 15)};
        Tensor x = sequence(call, 0);
        LstmGradients d = lstm_backward(x, layer, all, sequence(call, 8), state(call, 9), state(call, 10));
        int64_t features = x.size(2);
        assign(call, {d.weight.narrow(0, 0, features), d.weight.narrow(0, features, d.h0.size(1)), d.bias, d.x, d.h0,
                      d.c0});
    });
}

SIM_EXPORT aclError simAclopDynamicGRUV2(const AclopCall& call, aclrtStream stream) {
    return run_aclop("aclop DynamicGRUV2", stream, [call] {
        GruLayer layer{input(call, 1), input(call, 2), input(call, 3), input(call, 4), state(call, 6)};
        GruSteps all = gru(input(call, 0), layer);
        assign(call, {all.h, all.h, all.update, all.reset, all.candidate, all.hidden});
    });
}

SIM_EXPORT aclError simAclopDynamicGRUV2Grad(const AclopCall& call, aclrtStream stream) {
    return run_aclop("aclop DynamicGRUV2Grad", stream, [call] {
        Tensor weight_x = input(call, 1), weight_h = input(call, 2);  // the backward pass does not need the biases
        GruLayer layer{weight_x, weight_h, weight_x.new_zeros({weight_x.size(1)}),
                       weight_h.new_zeros({weight_h.size(1)}), state(call, 4)};
        GruSteps all{input(call, 5), input(call, 8), input(call, 9), input(call, 10), input(call, 11)};
        GruGradients d = gru_backward(input(call, 0), layer, all, input(call, 6), state(call, 7));
        assign(call, {d.weight_x, d.weight_h, d.bias_x, d.bias_h, d.x, d.h0});
    });
}

}  // extern "C"
