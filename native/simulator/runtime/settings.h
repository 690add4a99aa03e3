// Settings of one simulated machine, from the environment variables that with-simulated-cann sets.
#pragma once

#include "simulator.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sim {

struct Settings {
    int devices;           // SIM_DEVICES, default 1
    std::string soc;       // SIM_SOC, default Ascend910B1
    size_t memory;         // SIM_MEMORY in GiB per device (fractions allowed), default 32
    std::string counters;  // SIM_COUNTERS; if empty, none are written
    std::string cann;      // SIM_CANN, default 8.5.0
    bool trace;            // SIM_TRACE
    std::optional<uint64_t> computed;  // SIM_COMPUTED: the number of kernels after which kernels do nothing
    std::vector<Fault> faults;         // SIM_FAULT
};

/** Returns the settings of the process, which are read at their first use. */
const Settings& settings();

/** Reads the settings that the environment has now. */
Settings read_settings();

/** Returns the faults of SPEC; ends the process if there is a mistake in it. */
std::vector<Fault> parse_faults(const std::string& spec);

/** Ascend910A and its relatives: no bf16, saturating arithmetic, online compilation by default. */
bool is_first_generation();

/** Returns true if the toolkit's version is VERSION (such as 8.5) or later. */
bool is_cann_since(double version);

}  // namespace sim
