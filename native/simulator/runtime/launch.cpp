// Submission of operators and other tasks to streams.
#include "codes.h"
#include "counters.h"
#include "settings.h"
#include "stream.h"

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace sim {

namespace {

/** Returns a kernel that does nothing after as many kernels as the settings allow to compute; null if they have been run. */
Task limited(Task kernel) {
    static std::atomic<uint64_t> run{0};
    const std::optional<uint64_t> limit = settings().computed;
    if (!limit) {
        return kernel;
    }
    if (run >= *limit) {
        return nullptr;
    }
    return [limit, kernel = std::move(kernel)] {
        if (run.fetch_add(1) < *limit) {
            kernel();
        }
    };
}

}  // namespace

void lose_device_at(uint64_t number, int device) {
    for (const char* end : {"lost", "hung"}) {
        const Fault* fault = find_fault(end);
        if (fault != nullptr && number >= fault->count) {
            lose_device(device);
        }
    }
}

aclError enqueue(aclrtStream handle, const std::string& name, Task task) {
    Stream* stream = stream_of(handle);
    if (stream == nullptr) {
        return fail(ACL_ERROR_RT_CONTEXT_NULL, name + ": the thread has no device; call aclrtSetDevice");
    }
    return stream->append(name, std::move(task));
}

aclError launch(aclrtStream handle, const std::string& name, Task kernel) {
    Stream* stream = stream_of(handle);
    if (stream == nullptr) {
        return fail(ACL_ERROR_RT_CONTEXT_NULL, name + ": the thread has no device; call aclrtSetDevice");
    }
    trace(name);
    kernel = limited(std::move(kernel));
    if (const Fault* slow = find_fault("slow", name); slow != nullptr && kernel) {
        int milliseconds = std::atoi(slow->value.c_str() + name.size() + 1);
        kernel = [milliseconds, kernel = std::move(kernel)] {
            std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
            kernel();
        };
    }
    if (Participation part = stream->participation()) {
        part.capture->graph().add_operator(part.lane, name, std::move(kernel));
        return ACL_SUCCESS;
    }
    lose_device_at(count_launch(name), stream->device());
    return kernel ? stream->append(name, std::move(kernel)) : stream->error();
}

}  // namespace sim
