#include "objects.h"

#include "runtime/simulator.h"

#include <stdexcept>

namespace sim {

at::ScalarType scalar_type(aclDataType type) {
    switch (type) {
        case ACL_FLOAT:
            return at::kFloat;
        case ACL_FLOAT16:
            return at::kHalf;
        case ACL_BF16:
            return at::kBFloat16;
        case ACL_DOUBLE:
            return at::kDouble;
        case ACL_INT8:
            return at::kChar;
        case ACL_INT16:
            return at::kShort;
        case ACL_INT32:
            return at::kInt;
        case ACL_INT64:
            return at::kLong;
        case ACL_UINT8:
            return at::kByte;
        case ACL_BOOL:
            return at::kBool;
        case ACL_COMPLEX64:
            return at::kComplexFloat;
        case ACL_COMPLEX128:
            return at::kComplexDouble;
        default:
            unsimulated("data type " + std::to_string(type));
            return at::ScalarType::Undefined;
    }
}

}  // namespace sim

at::Tensor aclTensor::view() const {
    char* base = static_cast<char*>(sim::to_host(data)) + offset * static_cast<int64_t>(c10::elementSize(type));
    return at::from_blob(base, sizes, strides, at::TensorOptions().dtype(type).device(at::kCPU));
}

template <typename T>
static int destroy(const T* object) {
    delete object;
    return ACL_SUCCESS;
}

template <typename List>
static int destroy_list(const List* list) {
    for (auto* item : list->items) {
        delete item;
    }
    return destroy(list);
}

extern "C" {

SIM_EXPORT aclTensor* aclCreateTensor(const int64_t* sizes, uint64_t dims, aclDataType type, const int64_t* strides,
                                      int64_t offset, aclFormat, const int64_t*, uint64_t, void* data) {
    at::ScalarType element = sim::scalar_type(type);
    if (element == at::ScalarType::Undefined) {
        return nullptr;
    }
    return new aclTensor{{sizes, sizes + dims}, {strides, strides + dims}, offset, element, data, nullptr};
}

SIM_EXPORT aclScalar* aclCreateScalar(void* value, aclDataType type) {
    at::ScalarType element = sim::scalar_type(type);
    if (element == at::ScalarType::Undefined) {
        return nullptr;
    }
    return new aclScalar{at::from_blob(value, {}, at::TensorOptions().dtype(element)).item()};
}

SIM_EXPORT aclIntArray* aclCreateIntArray(const int64_t* values, uint64_t size) {
    return new aclIntArray{{values, values + size}};
}

SIM_EXPORT aclFloatArray* aclCreateFloatArray(const float* values, uint64_t size) {
    return new aclFloatArray{{values, values + size}};
}

SIM_EXPORT aclBoolArray* aclCreateBoolArray(const bool* values, uint64_t size) {
    return new aclBoolArray{std::vector<bool>(values, values + size)};
}

SIM_EXPORT aclTensorList* aclCreateTensorList(aclTensor* const* items, uint64_t size) {
    return new aclTensorList{{items, items + size}};
}

SIM_EXPORT aclScalarList* aclCreateScalarList(aclScalar* const* items, uint64_t size) {
    return new aclScalarList{{items, items + size}};
}

SIM_EXPORT int aclDestroyTensor(const aclTensor* object) { return destroy(object); }
SIM_EXPORT int aclDestroyScalar(const aclScalar* object) { return destroy(object); }
SIM_EXPORT int aclDestroyIntArray(const aclIntArray* object) { return destroy(object); }
SIM_EXPORT int aclDestroyFloatArray(const aclFloatArray* object) { return destroy(object); }
SIM_EXPORT int aclDestroyBoolArray(const aclBoolArray* object) { return destroy(object); }
SIM_EXPORT int aclDestroyTensorList(const aclTensorList* object) { return destroy_list(object); }
SIM_EXPORT int aclDestroyScalarList(const aclScalarList* object) { return destroy_list(object); }
SIM_EXPORT int aclDestroyAclOpExecutor(aclOpExecutor* object) { return destroy(object); }

SIM_EXPORT int aclGetViewShape(const aclTensor* tensor, int64_t** sizes, uint64_t* dims) {
    const std::vector<int64_t>& shape = tensor->decided == nullptr ? tensor->sizes : *tensor->decided;
    *dims = shape.size();
    *sizes = new int64_t[*dims];
    std::copy(shape.begin(), shape.end(), *sizes);
    return ACL_SUCCESS;
}

}  // extern "C"
