#include "settings.h"

#include <cstdlib>
#include <set>

namespace sim {

namespace {

std::string text(const char* name, const std::string& otherwise) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : otherwise;
}

}  // namespace

Settings read_settings() {
    Settings s;
    s.devices = std::atoi(text("SIM_DEVICES", "1").c_str());
    s.soc = text("SIM_SOC", "Ascend910B1");
    s.memory = static_cast<size_t>(std::atof(text("SIM_MEMORY", "32").c_str()) * (size_t{1} << 30));
    s.counters = text("SIM_COUNTERS", "");
    s.cann = text("SIM_CANN", "8.5.0");
    s.trace = std::getenv("SIM_TRACE") != nullptr;
    if (const std::string computed = text("SIM_COMPUTED", ""); !computed.empty()) {
        s.computed = std::stoull(computed);
    }
    s.faults = parse_faults(text("SIM_FAULT", ""));
    for (const Fault& fault : s.faults) {
        if (fault.name == "no-device") {
            s.devices = 0;
        } else if (fault.name == "soc") {
            s.soc = fault.value;
        } else if (fault.name == "cann") {
            s.cann = fault.value;
        }
    }
    return s;
}

const Settings& settings() {
    // Never destroyed: streams may outlive static destruction.
    static const Settings* instance = new Settings(read_settings());
    return *instance;
}

bool is_first_generation() {
    static const std::set<std::string> names = {"Ascend910A", "Ascend910B", "Ascend910ProA", "Ascend910ProB",
                                                "Ascend910PremiumA"};
    return names.count(settings().soc) > 0;
}

bool is_cann_since(double version) { return std::atof(settings().cann.c_str()) >= version; }

}  // namespace sim
