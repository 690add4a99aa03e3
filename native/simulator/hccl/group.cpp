// Creation and destruction of communicators, and queries of their properties.
#include "communicator.h"

#include <cstdio>
#include <cstring>
#include <memory>
#include <random>
#include <unistd.h>

namespace {

std::string unique_name() {
    std::random_device random;
    char text[64];
    std::snprintf(text, sizeof text, "simulated-hccl-%d-%08x%08x", getpid(), random(), random());
    return text;
}

struct InitFault {
    const char* code;
    HcclResult result;
    const char* message;
};

/** HCCL's own messages. */
const InitFault kInitFaults[] = {
    {"EI0001", HCCL_E_PARA,
     "EI0001: [InitGroupStage][EnvConfig]set ifname to [eth7] by HCCL_SOCKET_IFNAME, but not found in the environment"},
    {"EI0006", HCCL_E_TIMEOUT, "EI0006: Getting socket times out. Reason: wait socket establish timeout"},
    {"EI0015", HCCL_E_TIMEOUT,
     "EI0015: The ranktable information detection failed, Reason:[topo exchange agent get socket timeout]."},
    {"EI0019", HCCL_E_UNAVAIL,
     "EI0019: socket type[2], listen on ip[10.1.2.3%eth0] and specific port[60000] fail. Please check the port status "
     "and whether the port is being used by other process."},
};

HcclResult injected_failure() {
    if (sim::find_fault("hccl-refused") != nullptr) {
        sim::fail(ACL_ERROR_INTERNAL_ERROR, "connection refused (injected)");
        return HCCL_E_TCP_CONNECT;
    }
    for (const InitFault& fault : kInitFaults) {
        if (sim::find_fault("hccl-init", fault.code) != nullptr) {
            sim::fail(ACL_ERROR_INTERNAL_ERROR, fault.message);
            return fault.result;
        }
    }
    return HCCL_SUCCESS;
}

sim::Communicator* communicator(HcclComm handle) { return static_cast<sim::Communicator*>(handle); }

}  // namespace

extern "C" {

HcclResult HcclGetRootInfo(HcclRootInfo* info) {
    std::memset(info, 0, sizeof *info);
    std::snprintf(info->internal, sizeof info->internal, "%s", unique_name().c_str());
    return HCCL_SUCCESS;
}

HcclResult HcclCommInitRootInfo(uint32_t size, const HcclRootInfo* info, uint32_t rank, HcclComm* handle) {
    if (info == nullptr || handle == nullptr || rank >= size || size > sim::kMaxRanks) {
        return HCCL_E_PARA;
    }
    if (HcclResult code = injected_failure()) {
        return code;
    }
    try {
        auto group = std::make_unique<sim::Communicator>(info->internal, size, rank);
        if (HcclResult code = group->connect()) {
            return code;
        }
        *handle = group.release();
        return HCCL_SUCCESS;
    } catch (const std::exception& error) {
        sim::fail(ACL_ERROR_INTERNAL_ERROR, error.what());
        return HCCL_E_SYSCALL;
    }
}

HcclResult HcclCommInitRootInfoConfig(uint32_t size, const HcclRootInfo* info, uint32_t rank, const HcclCommConfig*,
                                      HcclComm* handle) {
    return HcclCommInitRootInfo(size, info, rank, handle);
}

HcclResult HcclCommInitAll(uint32_t size, int32_t* /*devices*/, HcclComm* handles) {
    std::string name = unique_name();
    for (uint32_t rank = 0; rank < size; ++rank) {
        handles[rank] = new sim::Communicator(name, size, rank);
    }
    return communicator(handles[0])->connect();
}

HcclResult HcclCommDestroy(HcclComm handle) {
    delete communicator(handle);
    return HCCL_SUCCESS;
}

HcclResult HcclGetCommAsyncError(HcclComm handle, HcclResult* error) {
    *error = communicator(handle)->error();
    return HCCL_SUCCESS;
}

HcclResult HcclGetCommName(HcclComm handle, char* name) {
    std::snprintf(name, COMM_NAME_MAX_LENGTH, "%s", communicator(handle)->name().c_str());
    return HCCL_SUCCESS;
}

HcclResult HcclGetRankSize(HcclComm handle, uint32_t* size) {
    *size = communicator(handle)->size();
    return HCCL_SUCCESS;
}

HcclResult HcclGetRankId(HcclComm handle, uint32_t* rank) {
    *rank = communicator(handle)->rank();
    return HCCL_SUCCESS;
}

const char* HcclGetErrorString(HcclResult code) {
    switch (code) {
        case HCCL_SUCCESS:
            return "no error";
        case HCCL_E_TIMEOUT:
            return "timeout";
        case HCCL_E_TCP_CONNECT:
            return "tcp connect failed";
        case HCCL_E_REMOTE:
            return "remote error";
        default:
            return "HCCL error";
    }
}

uint32_t HcclGetCommConfigCapability() { return 0; }
HcclResult HcclSetConfig(HcclConfig, HcclConfigValue) { return HCCL_SUCCESS; }

}  // extern "C"
