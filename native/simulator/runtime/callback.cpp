// Host callbacks: the stream's thread runs them in stream order. The caller's report threads only sleep.
#include "simulator.h"

#include <chrono>
#include <thread>

extern "C" {

aclError aclrtLaunchHostFunc(aclrtStream stream, void (*function)(void*), void* argument) {
    return sim::enqueue(stream, "aclrtLaunchHostFunc", [=] { function(argument); });
}

aclError aclrtLaunchCallback(aclrtCallback function, void* argument, aclrtCallbackBlockType, aclrtStream stream) {
    return sim::enqueue(stream, "aclrtLaunchCallback", [=] { function(argument); });
}

aclError aclrtProcessReport(int32_t timeout) {
    std::this_thread::sleep_for(std::chrono::milliseconds(timeout < 0 ? 100 : timeout));
    return ACL_ERROR_RT_REPORT_TIMEOUT;
}

aclError aclrtSubscribeReport(uint64_t, aclrtStream) { return ACL_SUCCESS; }
aclError aclrtUnSubscribeReport(uint64_t, aclrtStream) { return ACL_SUCCESS; }

}  // extern "C"
