// The objects of the aclnn interface. They hold the caller's arguments; the stream's thread creates tensors from them.
#pragma once

#include <ATen/ATen.h>
#include <acl/acl.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

struct aclTensor {
    std::vector<int64_t> sizes, strides;
    int64_t offset;
    at::ScalarType type;
    void* data;  // device address of the storage
    std::shared_ptr<std::vector<int64_t>> decided;  // the sizes that the kernel determines; nullptr for other tensors

    /** Returns the tensor on the host side of the device's memory. */
    at::Tensor view() const;
};

struct aclScalar {
    at::Scalar value;
};

struct aclIntArray {
    std::vector<int64_t> values;
};

struct aclFloatArray {
    std::vector<float> values;
};

struct aclBoolArray {
    std::vector<bool> values;
};

struct aclTensorList {
    std::vector<aclTensor*> items;
};

struct aclScalarList {
    std::vector<aclScalar*> items;
};

struct aclOpExecutor {
    std::string name;
    std::function<void()> kernel;
};

namespace sim {

at::ScalarType scalar_type(aclDataType type);

}  // namespace sim
