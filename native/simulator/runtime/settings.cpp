#include "settings.h"

#include "simulator.h"

#include <cstdlib>
#include <set>

namespace sim {

namespace {

std::string text(const char* name, const std::string& otherwise) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : otherwise;
}

Settings read() {
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
    if (find_fault("no-device") != nullptr) {
        s.devices = 0;
    }
    if (const Fault* soc = find_fault("soc")) {
        s.soc = soc->value;
    }
    if (const Fault* cann = find_fault("cann")) {
        s.cann = cann->value;
    }
    return s;
}

}  // namespace

const Settings& settings() {
    static const Settings* instance = new Settings(read());  // never destroyed: streams may outlive static destruction
    return *instance;
}

bool is_first_generation() {
    static const std::set<std::string> names = {"Ascend910A", "Ascend910B", "Ascend910ProA", "Ascend910ProB",
                                                "Ascend910PremiumA"};
    return names.count(settings().soc) > 0;
}

bool is_cann_since(double version) { return std::atof(settings().cann.c_str()) >= version; }

}  // namespace sim
