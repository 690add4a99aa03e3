// How an operator is written:
//
//     OPERATOR(aclnnAdd, Tensor self, Tensor other, Scalar alpha, Tensor out) {
//         out.copy_(at::add(self, other, alpha));
//     }
//
// The macro exports the two functions that torch_npu looks up by name, aclnnAddGetWorkspaceSize and aclnnAdd. The first
// takes the kernel's parameters in their C form, copies their content and keeps it in the executor; the second appends
// the kernel to the stream. Both symbols are resolved at look-up time (ifunc), so that the fault "missing-op" can hide
// them.
#pragma once

#include "objects.h"
#include "overflow.h"

#include "runtime/simulator.h"

#include <ATen/ATen.h>

#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace sim {

using at::Scalar;
using at::Tensor;
using Ints = std::vector<int64_t>;
using Floats = std::vector<float>;
using Bools = std::vector<bool>;
using Tensors = std::vector<Tensor>;
using Scalars = std::vector<Scalar>;
using MaybeTensor = std::optional<Tensor>;
using MaybeScalar = std::optional<Scalar>;
using MaybeInts = std::optional<Ints>;

/**
 * How a kernel's parameter is passed through the C interface: its C type, the form in which it is stored, and the
 * form that the kernel receives.
 */
template <typename T>
struct Parameter {  // plain values
    using Abi = T;
    using Kept = T;
    static Kept keep(Abi value) { return value; }
    static T give(const Kept& kept) { return kept; }
};

template <>
struct Parameter<Tensor> {
    using Abi = const aclTensor*;
    using Kept = aclTensor;
    static Kept keep(Abi value) { return *value; }
    static Tensor give(const Kept& kept) { return kept.view(); }
};

template <>
struct Parameter<MaybeTensor> {
    using Abi = const aclTensor*;
    using Kept = std::optional<aclTensor>;
    static Kept keep(Abi value) { return value == nullptr ? Kept() : Kept(*value); }
    static MaybeTensor give(const Kept& kept) { return kept ? MaybeTensor(kept->view()) : std::nullopt; }
};

template <>
struct Parameter<Scalar> {
    using Abi = const aclScalar*;
    using Kept = Scalar;
    static Kept keep(Abi value) { return value->value; }
    static Scalar give(const Kept& kept) { return kept; }
};

template <>
struct Parameter<MaybeScalar> {
    using Abi = const aclScalar*;
    using Kept = MaybeScalar;
    static Kept keep(Abi value) { return value == nullptr ? Kept() : Kept(value->value); }
    static MaybeScalar give(const Kept& kept) { return kept; }
};

template <>
struct Parameter<Ints> {
    using Abi = const aclIntArray*;
    using Kept = Ints;
    static Kept keep(Abi value) { return value == nullptr ? Ints() : value->values; }
    static Ints give(const Kept& kept) { return kept; }
};

template <>
struct Parameter<MaybeInts> {
    using Abi = const aclIntArray*;
    using Kept = MaybeInts;
    static Kept keep(Abi value) { return value == nullptr ? Kept() : Kept(value->values); }
    static MaybeInts give(const Kept& kept) { return kept; }
};

template <>
struct Parameter<Bools> {
    using Abi = const aclBoolArray*;
    using Kept = Bools;
    static Kept keep(Abi value) { return value->values; }
    static Bools give(const Kept& kept) { return kept; }
};

template <>
struct Parameter<Tensors> {
    using Abi = const aclTensorList*;
    using Kept = std::vector<aclTensor>;
    static Kept keep(Abi list) {
        Kept kept;
        for (const aclTensor* item : list->items) {
            kept.push_back(*item);
        }
        return kept;
    }
    static Tensors give(const Kept& kept) {
        Tensors views;
        for (const aclTensor& item : kept) {
            views.push_back(item.view());
        }
        return views;
    }
};

/** A list of tensors some of which may be absent, as in aclnnIndex. */
using MaybeTensors = std::vector<MaybeTensor>;

template <>
struct Parameter<MaybeTensors> {
    using Abi = const aclTensorList*;
    using Kept = std::vector<std::optional<aclTensor>>;
    static Kept keep(Abi list) {
        Kept kept;
        for (const aclTensor* item : list->items) {
            kept.push_back(Parameter<MaybeTensor>::keep(item));
        }
        return kept;
    }
    static MaybeTensors give(const Kept& kept) {
        MaybeTensors views;
        for (const auto& item : kept) {
            views.push_back(Parameter<MaybeTensor>::give(item));
        }
        return views;
    }
};

/**
 * An output whose size the kernel determines; the caller reads it with aclGetViewShape after synchronising. The caller's
 * object may not exist any more when a captured kernel runs again, so only the decided sizes are shared with it.
 */
class Sized {
public:
    explicit Sized(aclTensor* handle) : tensor_(*handle) {}

    void assign(const Tensor& result) const {
        *tensor_.decided = result.sizes().vec();
        aclTensor output = tensor_;
        output.sizes = result.sizes().vec();
        output.strides = result.contiguous().strides().vec();
        output.view().copy_(result);
    }

private:
    aclTensor tensor_;
};

template <>
struct Parameter<Sized> {
    using Abi = aclTensor*;
    using Kept = Sized;
    static Kept keep(Abi value) {
        value->decided = std::make_shared<Ints>(value->sizes);
        return Sized(value);
    }
    static Sized give(const Kept& kept) { return kept; }
};

template <>
struct Parameter<Scalars> {
    using Abi = const aclScalarList*;
    using Kept = Scalars;
    static Kept keep(Abi list) {
        Kept kept;
        for (const aclScalar* item : list->items) {
            kept.push_back(item->value);
        }
        return kept;
    }
    static Scalars give(const Kept& kept) { return kept; }
};

template <>
struct Parameter<at::ScalarType> {
    using Abi = aclDataType;
    using Kept = at::ScalarType;
    static Kept keep(Abi value) { return scalar_type(value); }
    static at::ScalarType give(const Kept& kept) { return kept; }
};

template <>
struct Parameter<std::string> {
    using Abi = const char*;
    using Kept = std::string;
    static Kept keep(Abi value) { return value == nullptr ? "" : value; }
    static std::string give(const Kept& kept) { return kept; }
};

/** Runs KERNEL as device code would run: without autograd, on at most SIM_THREADS threads. */
void run_kernel(const std::function<void()>& kernel);

template <auto Kernel, const char* Name>
struct Operator;

template <typename... Parameters, void (*Kernel)(Parameters...), const char* Name>
struct Operator<Kernel, Name> {
    static int prepare(typename Parameter<Parameters>::Abi... values, uint64_t* workspace, aclOpExecutor** executor) {
        if (aclError code = check_capturable(Name)) {
            return code;
        }
        std::tuple<typename Parameter<Parameters>::Kept...> kept(Parameter<Parameters>::keep(values)...);
        *workspace = 0;
        *executor = new aclOpExecutor{Name, [kept = std::move(kept)] {
            std::apply([](const auto&... each) {
                Kernel(Parameter<Parameters>::give(each)...);
                if (has_overflow_flag()) {
                    (note_overflow(each), ...);
                }
            }, kept);
        }};
        return ACL_SUCCESS;
    }
};

using Entry = int (*)();

/** Returns the result of looking up operator NAME. */
template <typename Function>
Entry entry(const char* name, Function* function) {
    return is_missing(name) ? nullptr : reinterpret_cast<Entry>(reinterpret_cast<void (*)()>(function));
}

/** The second function of every operator. */
int launch_executor(void* workspace, uint64_t size, aclOpExecutor* executor, aclrtStream stream);

}  // namespace sim

#define OPERATOR(name, ...)                                                                                   \
    static void name##_kernel(__VA_ARGS__);                                                                   \
    static constexpr char name##_text[] = #name;                                                              \
    extern "C" {                                                                                              \
    __attribute__((used)) static ::sim::Entry name##_find_prepare() {                                         \
        return ::sim::entry(#name, &::sim::Operator<name##_kernel, name##_text>::prepare);                    \
    }                                                                                                         \
    __attribute__((used)) static ::sim::Entry name##_find_launch() {                                          \
        return ::sim::entry(#name, &::sim::launch_executor);                                                  \
    }                                                                                                         \
    SIM_EXPORT int name##GetWorkspaceSize() __attribute__((ifunc(#name "_find_prepare")));                    \
    SIM_EXPORT int name() __attribute__((ifunc(#name "_find_launch")));                                       \
    }                                                                                                         \
    static void name##_kernel(__VA_ARGS__)
