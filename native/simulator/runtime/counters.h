// Counts of the operations that a process requested of the device, written as JSON.
#pragma once

#include <cstdint>
#include <string>

namespace sim {

/** Counts an eager launch; returns its number among eager launches and replays of graphs, counted from 1. */
uint64_t count_launch(const std::string& name);

/** Numbers from 1: of a replay, and of the launch that it is. */
struct ReplayNumber {
    uint64_t replay, launch;
};
ReplayNumber count_replay(uint64_t operators);

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
