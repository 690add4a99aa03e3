// Records when each of torch's operators runs, on all threads (at::RecordFunction).
#pragma once

#include <cstdint>
#include <string>

namespace ascend4j {

void profiler_start();

// Adds a range of the calling thread, such as a phase of a step, in nanoseconds of the steady clock.
void profiler_range(const std::string& name, int64_t begin, int64_t end);

// Stops recording and returns one line per operator or range (O or R) in the order of their ends: kind, thread, begin
// and end, name.
std::string profiler_stop();

}  // namespace ascend4j
