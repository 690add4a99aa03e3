// Counts of the operations that a process requested of the device, written as JSON.
#pragma once

#include <cstdint>
#include <string>

namespace sim {

/** Returns the number of this launch, counted from 1. */
uint64_t count_launch(const std::string& name);
void count_h2d(uint64_t bytes);
void count_d2h(uint64_t bytes);
void count_d2d(uint64_t bytes);
void count_stream_sync();
void count_event_sync();
void count_device_bytes(uint64_t in_use);
void count_unsimulated(const std::string& name);

/** Claims the counters file for this process (FILE, or FILE.PID if another process has claimed FILE). */
void claim_counters();
void write_counters();

}  // namespace sim
