#include "profiler.h"

#include <ATen/record_function.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "guarded.h"

namespace ascend4j {

namespace {

int64_t now() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Begin : at::ObserverContext {
  int64_t time = now();
};

struct Event {
  char kind;
  uint64_t thread;
  int64_t begin;
  int64_t end;
  std::string name;
};

std::mutex mutex;
std::vector<Event> events;
std::optional<at::CallbackHandle> handle;

std::unique_ptr<at::ObserverContext> enter(const at::RecordFunction&) { return std::make_unique<Begin>(); }

void leave(const at::RecordFunction& function, at::ObserverContext* context) {
  int64_t end = now();
  std::lock_guard<std::mutex> lock(mutex);
  events.push_back({'O', at::RecordFunction::currentThreadId(), static_cast<Begin*>(context)->time, end, function.name()});
}

}  // namespace

void profiler_start() {
  guarded([] {
    std::lock_guard<std::mutex> lock(mutex);
    if (handle) {
      throw std::runtime_error("operators are being recorded already");
    }
    events.clear();
    handle = at::addGlobalCallback(at::RecordFunctionCallback(enter, leave)
                                       .scopes({at::RecordScope::FUNCTION, at::RecordScope::BACKWARD_FUNCTION}));
  });
}

void profiler_range(const std::string& name, int64_t begin, int64_t end) {
  guarded([&] {
    std::lock_guard<std::mutex> lock(mutex);
    if (handle) {
      events.push_back({'R', at::RecordFunction::currentThreadId(), begin, end, name});
    }
  });
}

std::string profiler_stop() {
  return guarded([] {
    std::vector<Event> recorded;
    {
      std::lock_guard<std::mutex> lock(mutex);
      if (!handle) {
        throw std::runtime_error("operators are not being recorded");
      }
      at::removeCallback(*handle);
      handle.reset();
      recorded = std::exchange(events, {});
    }
    std::string lines;
    for (const Event& event : recorded) {
      lines += std::string(1, event.kind) + ' ' + std::to_string(event.thread) + ' ' + std::to_string(event.begin) + ' ' + std::to_string(event.end) + ' ' +
               event.name + '\n';
    }
    return lines;
  });
}

}  // namespace ascend4j
