#include "counters.h"

#include "settings.h"
#include "simulator.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <unistd.h>

namespace sim {

namespace {

struct Counters {
    std::mutex mutex;
    std::map<std::string, uint64_t> launches;
    uint64_t launches_total = 0, graph_launches = 0, graphed_launches = 0;
    uint64_t h2d_copies = 0, h2d_bytes = 0, d2h_copies = 0, d2h_bytes = 0, d2d_copies = 0, d2d_bytes = 0;
    uint64_t stream_syncs = 0, event_syncs = 0, peak_device_bytes = 0;
    std::map<std::string, uint64_t> collectives;
    uint64_t collective_bytes = 0;
    std::set<std::string> unsimulated;
    std::string file;
    pid_t owner = 0;
};

Counters& counters() {
    static auto* instance = new Counters;
    return *instance;
}

std::string json(const std::map<std::string, uint64_t>& counts) {
    std::ostringstream out;
    const char* comma = "";
    out << '{';
    for (const auto& [name, count] : counts) {
        out << comma << '"' << name << "\":" << count;
        comma = ",";
    }
    out << '}';
    return out.str();
}

std::string render(const Counters& c) {
    std::ostringstream out;
    out << "{\"launches\":" << json(c.launches) << ",\"launches_total\":" << c.launches_total
        << ",\"graph_launches\":" << c.graph_launches << ",\"graphed_launches\":" << c.graphed_launches
        << ",\"h2d_copies\":" << c.h2d_copies << ",\"h2d_bytes\":" << c.h2d_bytes
        << ",\"d2h_copies\":" << c.d2h_copies << ",\"d2h_bytes\":" << c.d2h_bytes
        << ",\"d2d_copies\":" << c.d2d_copies << ",\"d2d_bytes\":" << c.d2d_bytes
        << ",\"stream_syncs\":" << c.stream_syncs << ",\"event_syncs\":" << c.event_syncs
        << ",\"peak_device_bytes\":" << c.peak_device_bytes << ",\"collectives\":" << json(c.collectives)
        << ",\"collective_bytes\":" << c.collective_bytes << ",\"unsimulated\":[";
    const char* comma = "";
    for (const std::string& name : c.unsimulated) {
        out << comma << '"' << name << '"';
        comma = ",";
    }
    out << "]}\n";
    return out.str();
}

void add(uint64_t& copies, uint64_t& bytes, uint64_t amount) {
    std::lock_guard<std::mutex> lock(counters().mutex);
    ++copies;
    bytes += amount;
}

}  // namespace

uint64_t count_launch(const std::string& name) {
    Counters& c = counters();
    std::lock_guard<std::mutex> lock(c.mutex);
    ++c.launches[name];
    return ++c.launches_total + c.graph_launches;
}

ReplayNumber count_replay(uint64_t operators) {
    Counters& c = counters();
    std::lock_guard<std::mutex> lock(c.mutex);
    c.graphed_launches += operators;
    ++c.graph_launches;
    return {c.graph_launches, c.launches_total + c.graph_launches};
}

void count_h2d(uint64_t bytes) { add(counters().h2d_copies, counters().h2d_bytes, bytes); }
void count_d2h(uint64_t bytes) { add(counters().d2h_copies, counters().d2h_bytes, bytes); }
void count_d2d(uint64_t bytes) { add(counters().d2d_copies, counters().d2d_bytes, bytes); }

void count_stream_sync() {
    std::lock_guard<std::mutex> lock(counters().mutex);
    ++counters().stream_syncs;
}

void count_event_sync() {
    std::lock_guard<std::mutex> lock(counters().mutex);
    ++counters().event_syncs;
}

void count_device_bytes(uint64_t in_use) {
    std::lock_guard<std::mutex> lock(counters().mutex);
    counters().peak_device_bytes = std::max(counters().peak_device_bytes, in_use);
}

void count_unsimulated(const std::string& name) {
    std::lock_guard<std::mutex> lock(counters().mutex);
    counters().unsimulated.insert(name);
}

void count_collective(const std::string& name, uint64_t bytes) {
    std::lock_guard<std::mutex> lock(counters().mutex);
    ++counters().collectives[name];
    counters().collective_bytes += bytes;
}

void claim_counters() {
    Counters& c = counters();
    {
        std::lock_guard<std::mutex> lock(c.mutex);
        if (settings().counters.empty() || c.owner == getpid()) {
            return;
        }
        c.owner = getpid();
        c.file = settings().counters;
        int fd = open(c.file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
        if (fd >= 0) {
            close(fd);
        } else if (errno == EEXIST) {
            c.file += "." + std::to_string(getpid());
        } else {
            std::fprintf(stderr, "simulated CANN: cannot write counters to %s: %s\n", c.file.c_str(), strerror(errno));
        }
    }
    std::atexit(write_counters);
}

void write_counters() {
    Counters& c = counters();
    std::lock_guard<std::mutex> lock(c.mutex);
    if (c.owner != getpid()) {
        return;  // nothing claimed, or a forked child
    }
    std::string temporary = c.file + ".tmp" + std::to_string(getpid());
    if (FILE* file = std::fopen(temporary.c_str(), "w")) {
        std::fputs(render(c).c_str(), file);
        std::fclose(file);
        std::rename(temporary.c_str(), c.file.c_str());
    }
}

}  // namespace sim

extern "C" SIM_EXPORT size_t simGetCounters(char* json, size_t capacity) {
    sim::Counters& c = sim::counters();
    std::lock_guard<std::mutex> lock(c.mutex);
    std::string text = sim::render(c);
    if (capacity > 0) {
        size_t shown = std::min(capacity - 1, text.size());
        std::memcpy(json, text.data(), shown);
        json[shown] = '\0';
    }
    return text.size();
}

extern "C" SIM_EXPORT void simResetCounters() {
    sim::Counters& c = sim::counters();
    std::lock_guard<std::mutex> lock(c.mutex);
    c.launches.clear();
    c.collectives.clear();
    c.unsimulated.clear();
    c.launches_total = c.h2d_copies = c.h2d_bytes = c.d2h_copies = c.d2h_bytes = c.d2d_copies = c.d2d_bytes = 0;
    c.graph_launches = c.graphed_launches = 0;
    c.stream_syncs = c.event_syncs = c.peak_device_bytes = c.collective_bytes = 0;
}
