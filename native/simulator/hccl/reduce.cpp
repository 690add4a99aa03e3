#include "reduce.h"

#include "runtime/simulator.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace sim {

namespace {

/** IEEE 754 half precision, rounded to nearest even. */
struct Half {
    uint16_t bits;

    operator float() const {
        int exponent = bits >> 10 & 0x1f;
        int mantissa = bits & 0x3ff;
        float magnitude = exponent == 0    ? std::ldexp(static_cast<float>(mantissa), -24)
                          : exponent == 31 ? (mantissa == 0 ? INFINITY : NAN)
                                           : std::ldexp(static_cast<float>(mantissa + 1024), exponent - 25);
        return bits & 0x8000 ? -magnitude : magnitude;
    }

    static Half from(float value) {
        uint16_t sign = std::signbit(value) ? 0x8000 : 0;
        float magnitude = std::fabs(value);
        if (std::isnan(value)) {
            return {static_cast<uint16_t>(sign | 0x7e00)};
        }
        if (magnitude >= 65520.0f) {  // rounds to infinity
            return {static_cast<uint16_t>(sign | 0x7c00)};
        }
        int exponent = 0;
        std::frexp(magnitude, &exponent);
        int shift = std::max(exponent, -13) - 11;  // of the last bit kept; -24 for subnormal numbers
        auto steps = static_cast<uint32_t>(std::nearbyint(std::ldexp(magnitude, -shift)));
        uint32_t biased = static_cast<uint32_t>(shift + 24) << 10;
        return {static_cast<uint16_t>(sign | (biased + steps))};  // a carry increments the exponent, as it should
    }
};

/** The upper half of an fp32 number, rounded to nearest even. */
struct BFloat {
    uint16_t bits;

    operator float() const {
        uint32_t wide = static_cast<uint32_t>(bits) << 16;
        float value;
        std::memcpy(&value, &wide, sizeof value);
        return value;
    }

    static BFloat from(float value) {
        if (std::isnan(value)) {
            return {0x7fc0};
        }
        uint32_t wide;
        std::memcpy(&wide, &value, sizeof wide);
        return {static_cast<uint16_t>((wide + 0x7fff + (wide >> 16 & 1)) >> 16)};
    }
};

template <typename T>
T combine(T a, T b, HcclReduceOp op) {
    switch (op) {
        case HCCL_REDUCE_PROD:
            return static_cast<T>(a * b);
        case HCCL_REDUCE_MAX:
            return std::max(a, b);
        case HCCL_REDUCE_MIN:
            return std::min(a, b);
        default:
            return static_cast<T>(a + b);
    }
}

template <typename T>
void reduce_as(const std::vector<const char*>& slots, size_t count, HcclReduceOp op, void* out) {
    auto* result = static_cast<T*>(out);
    for (size_t i = 0; i < count; ++i) {
        T value = reinterpret_cast<const T*>(slots[0])[i];
        for (size_t rank = 1; rank < slots.size(); ++rank) {
            value = combine(value, reinterpret_cast<const T*>(slots[rank])[i], op);
        }
        result[i] = value;
    }
}

template <typename Narrow>
void reduce_wide(const std::vector<const char*>& slots, size_t count, HcclReduceOp op, void* out) {
    auto* result = static_cast<Narrow*>(out);
    for (size_t i = 0; i < count; ++i) {
        float value = reinterpret_cast<const Narrow*>(slots[0])[i];
        for (size_t rank = 1; rank < slots.size(); ++rank) {
            value = combine<float>(value, reinterpret_cast<const Narrow*>(slots[rank])[i], op);
        }
        result[i] = Narrow::from(value);
    }
}

}  // namespace

size_t width(HcclDataType type) {
    switch (type) {
        case HCCL_DATA_TYPE_INT8:
        case HCCL_DATA_TYPE_UINT8:
            return 1;
        case HCCL_DATA_TYPE_INT16:
        case HCCL_DATA_TYPE_UINT16:
        case HCCL_DATA_TYPE_FP16:
        case HCCL_DATA_TYPE_BFP16:
            return 2;
        case HCCL_DATA_TYPE_INT32:
        case HCCL_DATA_TYPE_UINT32:
        case HCCL_DATA_TYPE_FP32:
            return 4;
        case HCCL_DATA_TYPE_INT64:
        case HCCL_DATA_TYPE_UINT64:
        case HCCL_DATA_TYPE_FP64:
            return 8;
        default:
            return 0;
    }
}

void reduce(const std::vector<const char*>& slots, size_t count, HcclDataType type, HcclReduceOp op, void* out) {
    switch (type) {
        case HCCL_DATA_TYPE_INT8:
            return reduce_as<int8_t>(slots, count, op, out);
        case HCCL_DATA_TYPE_UINT8:
            return reduce_as<uint8_t>(slots, count, op, out);
        case HCCL_DATA_TYPE_INT16:
            return reduce_as<int16_t>(slots, count, op, out);
        case HCCL_DATA_TYPE_UINT16:
            return reduce_as<uint16_t>(slots, count, op, out);
        case HCCL_DATA_TYPE_INT32:
            return reduce_as<int32_t>(slots, count, op, out);
        case HCCL_DATA_TYPE_UINT32:
            return reduce_as<uint32_t>(slots, count, op, out);
        case HCCL_DATA_TYPE_INT64:
            return reduce_as<int64_t>(slots, count, op, out);
        case HCCL_DATA_TYPE_UINT64:
            return reduce_as<uint64_t>(slots, count, op, out);
        case HCCL_DATA_TYPE_FP32:
            return reduce_as<float>(slots, count, op, out);
        case HCCL_DATA_TYPE_FP64:
            return reduce_as<double>(slots, count, op, out);
        case HCCL_DATA_TYPE_FP16:
            return reduce_wide<Half>(slots, count, op, out);
        case HCCL_DATA_TYPE_BFP16:
            return reduce_wide<BFloat>(slots, count, op, out);
        default:
            throw TaskError{ACL_ERROR_FEATURE_UNSUPPORTED,
                            "HCCL data type " + std::to_string(type) + " is not simulated"};
    }
}

}  // namespace sim
