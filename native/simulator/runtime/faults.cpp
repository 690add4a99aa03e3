// Injected faults: SIM_FAULT is a comma-separated list of NAME[=VALUE][@COUNT]; README.md lists the names.
#include "settings.h"
#include "simulator.h"

#include <cstdio>
#include <cstdlib>
#include <set>
#include <sstream>
#include <vector>

namespace sim {

namespace {

const std::set<std::string>& known() {
    static const std::set<std::string> names = {
        "oom",       "busy",      "lost",         "hung",         "no-device",       "soc",        "missing-op",
        "cann",      "slow",      "init",         "peer-lost",    "missing-library", "slow-peer",  "hccl-timeout",
        "hccl-init", "hccl-refused", "capture-op", "replay-fails", "capture-refused"};
    return names;
}

Fault parse(const std::string& text) {
    Fault fault;
    std::string rest = text;
    size_t at = rest.rfind('@');
    if (at != std::string::npos) {
        char* end = nullptr;
        fault.count = std::strtoull(rest.c_str() + at + 1, &end, 10);
        if (*end != '\0' || fault.count == 0) {
            std::fprintf(stderr, "simulated CANN: SIM_FAULT: '%s' has no count >= 1 after '@'\n", text.c_str());
            std::exit(2);
        }
        rest.resize(at);
    }
    size_t equals = rest.find('=');
    fault.name = rest.substr(0, equals);
    if (equals != std::string::npos) {
        fault.value = rest.substr(equals + 1);
    }
    if (known().count(fault.name) == 0) {
        std::fprintf(stderr, "simulated CANN: SIM_FAULT: unknown fault '%s'\n", text.c_str());
        std::exit(2);
    }
    return fault;
}

}  // namespace

std::vector<Fault> parse_faults(const std::string& spec) {
    std::vector<Fault> faults;
    std::istringstream stream(spec);
    for (std::string part; std::getline(stream, part, ',');) {
        if (!part.empty()) {
            faults.push_back(parse(part));
        }
    }
    return faults;
}

const Fault* find_fault(const std::string& name, const std::string& value) {
    for (const Fault& fault : settings().faults) {
        if (fault.name == name && (value.empty() || fault.value == value || fault.value.rfind(value + ":", 0) == 0)) {
            return &fault;
        }
    }
    return nullptr;
}

bool is_missing(const std::string& operator_name) { return find_fault("missing-op", operator_name) != nullptr; }

}  // namespace sim
