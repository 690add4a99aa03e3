// The aclop operators that torch_npu uses on the first generation of cards (Ascend910A) because it has no aclnn form
// for them.
#include "aclop_kernel.h"
#include "overflow.h"
#include "wide.h"

#include <atomic>

namespace sim {

namespace {

std::atomic<bool> overflowed{false};

int64_t flag(const AclopCall& call, const std::string& name) {
    auto found = call.integers.find(name);
    return found == call.integers.end() ? 0 : found->second[0];
}

/** Returns the last three numbers of an attribute: depth, height, width. */
Ints spatial(const AclopCall& call, const std::string& name) {
    const Ints& all = call.integers.at(name);
    return {all.end() - 3, all.end()};
}

std::optional<int64_t> divisor(const AclopCall& call) {
    return call.integers.count("divisor_override") > 0 ? std::optional(flag(call, "divisor_override")) : std::nullopt;
}

}  // namespace

Tensor view(const AclopTensor& tensor) {
    Ints strides(tensor.sizes.size(), 1);
    for (size_t i = strides.size(); i-- > 1;) {
        strides[i - 1] = strides[i] * tensor.sizes[i];
    }
    return aclTensor{tensor.sizes, strides, 0, scalar_type(tensor.type), tensor.data, nullptr}.view();
}

aclError run_aclop(const char* name, aclrtStream stream, std::function<void()> kernel) {
    return launch(stream, name, [kernel = std::move(kernel)] { run_kernel(kernel); });
}

bool has_overflow_flag() {
    static const bool answer = [] {
        int32_t inf_nan = 1;
        aclGetCannAttribute(ACL_CANN_ATTR_INF_NAN, &inf_nan);
        return inf_nan == 0;
    }();
    return answer;
}

bool overflow_flag() { return overflowed; }
void clear_overflow_flag() { overflowed = false; }

void note_overflow(const aclTensor& tensor) {
    if (at::isFloatingType(tensor.type) && !at::isfinite(tensor.view()).all().item<bool>()) {
        overflowed = true;
    }
}

}  // namespace sim

using namespace sim;

extern "C" {

SIM_EXPORT aclError simAclopAvgPool3D(const AclopCall& call, aclrtStream stream) {
    return run_aclop("aclop AvgPool3D", stream, [call] {
        const Ints& pads = call.integers.at("pads");  // front, back, top, bottom, left, right
        Ints padding = {pads[0], pads[2], pads[4]};
        view(call.outputs[0]).copy_(at::avg_pool3d(wide(view(call.inputs[0])), spatial(call, "ksize"),
                                                   spatial(call, "strides"), padding, flag(call, "ceil_mode"),
                                                   flag(call, "count_include_pad"), divisor(call)));
    });
}

SIM_EXPORT aclError simAclopAvgPool3DGrad(const AclopCall& call, aclrtStream stream) {
    return run_aclop("aclop AvgPool3DGrad", stream, [call] {
        const Ints& pads = call.integers.at("pads");  // top, bottom, left, right, front, back
        Tensor out = view(call.outputs[0]);
        out.copy_(at::avg_pool3d_backward(wide(view(call.inputs.back())), wide(out), spatial(call, "ksize"),
                                          spatial(call, "strides"), {pads[4], pads[0], pads[2]},
                                          flag(call, "ceil_mode"), flag(call, "count_include_pad"), divisor(call)));
    });
}

SIM_EXPORT aclError simAclopNPUGetFloatStatus(const AclopCall& call, aclrtStream stream) {
    return run_aclop("aclop NPUGetFloatStatus", stream, [call] { view(call.inputs[0]).fill_(overflow_flag() ? 1 : 0); });
}

SIM_EXPORT aclError simAclopNPUClearFloatStatus(const AclopCall& call, aclrtStream stream) {
    return run_aclop("aclop NPUClearFloatStatus", stream, [call] {
        clear_overflow_flag();
        view(call.inputs[0]).zero_();
    });
}

}  // extern "C"
