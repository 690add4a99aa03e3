// Stream settings, which have no effect on the kernels here.
#include "codes.h"
#include "settings.h"
#include "stream.h"

namespace {

// aclrtStreamAttr, which the headers of the oldest wheel lack.
constexpr int kCacheOpInfo = 4;
constexpr double kCacheOpInfoSince = 8.5;

aclError set(aclrtStream handle, const char* function) {
    sim::Stream* stream = sim::stream_of(handle);
    if (stream == nullptr) {
        return sim::fail(ACL_ERROR_RT_CONTEXT_NULL, std::string(function) + ": the thread has no device");
    }
    return sim::refuse_captured(stream, function);
}

}  // namespace

extern "C" {

aclError aclrtSetStreamFailureMode(aclrtStream stream, uint64_t) { return set(stream, "aclrtSetStreamFailureMode"); }

aclError aclrtSetStreamOverflowSwitch(aclrtStream stream, uint32_t) {
    return set(stream, "aclrtSetStreamOverflowSwitch");
}

aclError aclrtGetStreamOverflowSwitch(aclrtStream, uint32_t* flag) {
    *flag = 0;
    return ACL_SUCCESS;
}

}  // extern "C"

/** Exported as aclrtSetStreamAttribute; named differently here, because only newer headers have its parameter types. */
extern "C" SIM_EXPORT aclError simSetStreamAttribute(aclrtStream stream, int attribute, void*)
    __asm__("aclrtSetStreamAttribute");

aclError simSetStreamAttribute(aclrtStream stream, int attribute, void*) {
    if (attribute != kCacheOpInfo) {
        return set(stream, "aclrtSetStreamAttribute");
    }
    return sim::is_cann_since(kCacheOpInfoSince)
               ? ACL_SUCCESS
               : sim::fail(ACL_ERROR_RT_PARAM_INVALID, "aclrtSetStreamAttribute: there is no attribute 4");
}
