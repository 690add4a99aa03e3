#include "counters.h"
#include "settings.h"
#include "simulator.h"

#include <cstdarg>
#include <cstdio>

namespace sim {

namespace {

std::string& recent() {
    static thread_local std::string message;
    return message;
}

}  // namespace

bool tracing() { return settings().trace; }

void trace(const std::string& line) {
    if (tracing()) {
        std::fprintf(stderr, "[simulated CANN] %s\n", line.c_str());
    }
}

aclError fail(aclError code, const std::string& message) {
    recent() = "simulated CANN: " + message;
    trace("error " + std::to_string(code) + ": " + message);
    return code;
}

aclError unsimulated(const std::string& name) {
    count_unsimulated(name);
    std::fprintf(stderr, "simulated CANN: %s is not simulated\n", name.c_str());
    return fail(ACL_ERROR_FEATURE_UNSUPPORTED, name + " is not simulated");
}

}  // namespace sim

extern "C" {

const char* aclGetRecentErrMsg() {
    static thread_local std::string shown;
    shown.swap(sim::recent());
    sim::recent().clear();
    return shown.c_str();
}

void aclAppLog(aclLogLevel level, const char* function, const char* file, uint32_t line, const char* format, ...) {
    if (!sim::tracing() || level < ACL_WARNING) {
        return;
    }
    std::fprintf(stderr, "[acl log] %s:%u %s: ", file, line, function);
    va_list arguments;
    va_start(arguments, format);
    std::vfprintf(stderr, format, arguments);
    va_end(arguments);
    std::fputc('\n', stderr);
}

}  // extern "C"
