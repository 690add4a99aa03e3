// The interface that the libraries of the simulated CANN share: libascendcl owns all state, and libopapi and libhccl
// use it through this header.
#pragma once

#include <acl/acl.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#define SIM_EXPORT __attribute__((visibility("default")))

namespace sim {

/** Stores MESSAGE for aclGetRecentErrMsg, prints it if tracing is on, and returns CODE. */
SIM_EXPORT aclError fail(aclError code, const std::string& message);

/** Reports on stderr and in the counters that NAME was called but is not simulated. */
SIM_EXPORT aclError unsimulated(const std::string& name);

/** Returns true if SIM_TRACE is set; trace() then prints a line on stderr. */
SIM_EXPORT bool tracing();
SIM_EXPORT void trace(const std::string& line);

/** Returns the device of the calling thread, or -1. */
SIM_EXPORT int current_device();

/** Returns the host address of a device address of any simulated device; returns other addresses unchanged. */
SIM_EXPORT void* to_host(const void* address);

/** Returns true if [address, address + bytes) is inside one live allocation of a simulated device. */
bool is_allocated(const void* address, size_t bytes);

/** A task of a stream: runs on the stream's thread; if it throws std::exception, the stream fails. */
using Task = std::function<void()>;

/** Appends TASK to a stream (nullptr: the default stream); returns errors that occurred in the stream before. */
SIM_EXPORT aclError enqueue(aclrtStream stream, const std::string& name, Task task);

/** Counts the launch of operator NAME, applies the faults for it, and enqueues or captures its kernel. */
SIM_EXPORT aclError launch(aclrtStream stream, const std::string& name, Task kernel);

/** Returns an error if a capture is open and the fault "capture-op" forbids operator NAME in it. */
SIM_EXPORT aclError check_capturable(const char* name);

/** Returns true if STREAM takes part in a capture. */
SIM_EXPORT bool is_captured(aclrtStream stream);

/** Ends a stream task with an ACL error code other than "AI core exception". */
struct SIM_EXPORT TaskError {
    aclError code;
    std::string message;
};

/** Counts a collective and the bytes that this rank contributed. */
SIM_EXPORT void count_collective(const std::string& name, uint64_t bytes);

/** A fault of SIM_FAULT, written NAME[=VALUE][@COUNT]. */
struct Fault {
    std::string name;
    std::string value;
    uint64_t count = 0;
};

/** Returns the fault NAME (with VALUE, if one is given), or nullptr. */
SIM_EXPORT const Fault* find_fault(const std::string& name, const std::string& value = "");

/** Returns true if operator NAME must appear to be absent from the toolkit. */
SIM_EXPORT bool is_missing(const std::string& operator_name);

}  // namespace sim
