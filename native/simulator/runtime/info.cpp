// Properties of the card and the toolkit, and settings that only a real card applies.
#include "settings.h"
#include "simulator.h"

#include <acl/acl_op_compiler.h>

#include <cstdio>
#include <cstring>
#include <map>
#include <mutex>

namespace {

std::mutex options_mutex;
std::map<aclCompileOpt, std::string> options;
std::map<aclSysParamOpt, int64_t> system_parameters;

std::string compile_option(aclCompileOpt option) {
    std::lock_guard<std::mutex> lock(options_mutex);
    auto set = options.find(option);
    if (set != options.end()) {
        return set->second;
    }
    switch (option) {
        case ACL_OP_JIT_COMPILE:
            return sim::is_first_generation() ? "enable" : "disable";
        case ACL_PRECISION_MODE:
            return sim::is_first_generation() ? "allow_fp32_to_fp16" : "must_keep_origin_dtype";
        default:
            return "";
    }
}

}  // namespace

extern "C" {

const char* aclrtGetSocName() { return sim::settings().soc.c_str(); }

aclError aclsysGetCANNVersion(aclCANNPackageName, aclCANNPackageVersion* version) {
    std::memset(version, 0, sizeof *version);
    // Not settings(), whose values stay: torch_npu asks when it is loaded, and the process may change its environment, or
    // fork children with other settings, before it uses a device.
    std::snprintf(version->version, sizeof version->version, "%s", sim::read_settings().cann.c_str());
    return ACL_SUCCESS;
}

aclError aclGetCannAttribute(aclCannAttr attribute, int32_t* value) {
    *value = attribute == ACL_CANN_ATTR_INF_NAN && sim::is_first_generation() ? 0 : 1;
    return ACL_SUCCESS;
}

aclError aclGetDeviceCapability(uint32_t, aclDeviceInfo info, int64_t* value) {
    *value = info == ACL_DEVICE_INFO_AI_CORE_NUM ? 24 : info == ACL_DEVICE_INFO_VECTOR_CORE_NUM ? 48 : 192 << 20;
    return ACL_SUCCESS;
}

aclError aclrtGetDeviceUtilizationRate(int32_t, aclrtUtilizationInfo* info) {
    info->cubeUtilization = info->vectorUtilization = info->aicpuUtilization = info->memoryUtilization = 0;
    return ACL_SUCCESS;
}

aclError aclSetCompileopt(aclCompileOpt option, const char* value) {
    std::lock_guard<std::mutex> lock(options_mutex);
    options[option] = value;
    return ACL_SUCCESS;
}

size_t aclGetCompileoptSize(aclCompileOpt option) { return compile_option(option).size() + 1; }

aclError aclGetCompileopt(aclCompileOpt option, char* value, size_t length) {
    std::string text = compile_option(option);
    if (length <= text.size()) {
        return sim::fail(ACL_ERROR_INVALID_PARAM, "aclGetCompileopt: the buffer is too short");
    }
    std::memcpy(value, text.c_str(), text.size() + 1);
    return ACL_SUCCESS;
}

aclError aclrtSetDeviceSatMode(aclrtFloatOverflowMode) { return ACL_SUCCESS; }
aclError aclrtSetOpExecuteTimeOut(uint32_t) { return ACL_SUCCESS; }
aclError aclrtSetOpWaitTimeout(uint32_t) { return ACL_SUCCESS; }
aclError aclrtSetSysParamOpt(aclSysParamOpt option, int64_t value) {
    std::lock_guard<std::mutex> lock(options_mutex);
    system_parameters[option] = value;
    return ACL_SUCCESS;
}

aclError aclrtGetSysParamOpt(aclSysParamOpt option, int64_t* value) {
    std::lock_guard<std::mutex> lock(options_mutex);
    *value = system_parameters[option];
    return ACL_SUCCESS;
}

// A context's own parameters, which here are the same as the process's, since no kernel applies either.
aclError aclrtCtxSetSysParamOpt(aclSysParamOpt option, int64_t value) { return aclrtSetSysParamOpt(option, value); }
aclError aclrtCtxGetSysParamOpt(aclSysParamOpt option, int64_t* value) { return aclrtGetSysParamOpt(option, value); }

}  // extern "C"
