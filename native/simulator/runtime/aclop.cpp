// The older aclop interface (graph engine and online compilation). torch_npu uses it for private formats, just-in-time
// compilation, missing aclnn operators, recurrent layers, and on the first generation of cards for a few operators that
// have no aclnn form there. Only the last two are simulated, in libopapi (operators/aclop*.cpp); any other call fails
// and reports its name.
#include "aclop.h"

#include <acl/acl_op_compiler.h>

#include <dlfcn.h>

struct aclTensorDesc {
    aclDataType type;
    aclFormat format;
    std::vector<int64_t> shape;
};

struct aclDataBuffer {
    void* data;
    size_t size;
};

struct aclopAttr {
    std::map<std::string, std::vector<int64_t>> integers;
    std::map<std::string, std::string> strings;
};

namespace {

using Execute = aclError (*)(const sim::AclopCall&, aclrtStream);

sim::AclopTensor tensor(const aclTensorDesc* description, const aclDataBuffer* buffer) {
    return {description->type, description->shape, buffer->data};
}

aclError execute(const char* type, int inputs, const aclTensorDesc* const* input_descriptions,
                 const aclDataBuffer* const* input_buffers, int outputs,
                 const aclTensorDesc* const* output_descriptions, const aclDataBuffer* const* output_buffers,
                 const aclopAttr* attributes, aclrtStream stream) {
    static void* operators = dlopen("libopapi.so", RTLD_LAZY);
    void* function = operators == nullptr ? nullptr : dlsym(operators, (std::string("simAclop") + type).c_str());
    if (function == nullptr || sim::is_missing(type)) {
        return sim::unsimulated(std::string("aclop ") + type);
    }
    sim::AclopCall call;
    for (int i = 0; i < inputs; ++i) {
        call.inputs.push_back(tensor(input_descriptions[i], input_buffers[i]));
    }
    for (int i = 0; i < outputs; ++i) {
        call.outputs.push_back(tensor(output_descriptions[i], output_buffers[i]));
    }
    if (attributes != nullptr) {
        call.integers = attributes->integers;
        call.strings = attributes->strings;
    }
    return reinterpret_cast<Execute>(function)(call, stream);
}

}  // namespace

extern "C" {

aclTensorDesc* aclCreateTensorDesc(aclDataType type, int dims, const int64_t* shape, aclFormat format) {
    return new aclTensorDesc{type, format, {shape, shape + dims}};
}

void aclDestroyTensorDesc(const aclTensorDesc* description) { delete description; }
aclDataType aclGetTensorDescType(const aclTensorDesc* description) { return description->type; }
aclFormat aclGetTensorDescFormat(const aclTensorDesc* description) { return description->format; }
size_t aclGetTensorDescNumDims(const aclTensorDesc* description) { return description->shape.size(); }

aclError aclGetTensorDescDimV2(const aclTensorDesc* description, size_t index, int64_t* size) {
    if (index >= description->shape.size()) {
        return sim::fail(ACL_ERROR_INVALID_PARAM, "aclGetTensorDescDimV2: there is no such dimension");
    }
    *size = description->shape[index];
    return ACL_SUCCESS;
}

void aclSetTensorDescName(aclTensorDesc*, const char*) {}
aclError aclSetTensorFormat(aclTensorDesc*, aclFormat) { return ACL_SUCCESS; }
aclError aclSetTensorShape(aclTensorDesc*, int, const int64_t*) { return ACL_SUCCESS; }
aclError aclSetTensorPlaceMent(aclTensorDesc*, aclMemType) { return ACL_SUCCESS; }

aclDataBuffer* aclCreateDataBuffer(void* data, size_t size) { return new aclDataBuffer{data, size}; }

aclError aclDestroyDataBuffer(const aclDataBuffer* buffer) {
    delete buffer;
    return ACL_SUCCESS;
}

aclopAttr* aclopCreateAttr() { return new aclopAttr; }
void aclopDestroyAttr(const aclopAttr* attributes) { delete attributes; }

aclError aclopSetAttrBool(aclopAttr* attributes, const char* name, uint8_t value) {
    attributes->integers[name] = {value};
    return ACL_SUCCESS;
}

aclError aclopSetAttrDataType(aclopAttr*, const char*, aclDataType) { return ACL_SUCCESS; }
aclError aclopSetAttrFloat(aclopAttr*, const char*, float) { return ACL_SUCCESS; }

aclError aclopSetAttrInt(aclopAttr* attributes, const char* name, int64_t value) {
    attributes->integers[name] = {value};
    return ACL_SUCCESS;
}

aclError aclopSetAttrListInt(aclopAttr* attributes, const char* name, int count, const int64_t* values) {
    attributes->integers[name] = {values, values + count};
    return ACL_SUCCESS;
}

aclError aclopSetAttrString(aclopAttr* attributes, const char* name, const char* value) {
    attributes->strings[name] = value;
    return ACL_SUCCESS;
}

aclError aclopSetAttrListBool(aclopAttr*, const char*, int, const uint8_t*) { return ACL_SUCCESS; }
aclError aclopSetAttrListFloat(aclopAttr*, const char*, int, const float*) { return ACL_SUCCESS; }

aclError aclopSetAttrListListInt(aclopAttr*, const char*, int, const int*, const int64_t* const*) {
    return ACL_SUCCESS;
}

aclError aclopCompileAndExecute(const char* type, int inputs, const aclTensorDesc* const input_descriptions[],
                                const aclDataBuffer* const input_buffers[], int outputs,
                                const aclTensorDesc* const output_descriptions[], aclDataBuffer* const output_buffers[],
                                const aclopAttr* attributes, aclopEngineType, aclopCompileType, const char*,
                                aclrtStream stream) {
    return execute(type, inputs, input_descriptions, input_buffers, outputs, output_descriptions, output_buffers,
                   attributes, stream);
}

aclError aclopCompileAndExecuteV2(const char* type, int inputs, aclTensorDesc* input_descriptions[],
                                  aclDataBuffer* input_buffers[], int outputs, aclTensorDesc* output_descriptions[],
                                  aclDataBuffer* output_buffers[], aclopAttr* attributes, aclopEngineType,
                                  aclopCompileType, const char*, aclrtStream stream) {
    return execute(type, inputs, input_descriptions, input_buffers, outputs, output_descriptions, output_buffers,
                   attributes, stream);
}

}  // extern "C"
