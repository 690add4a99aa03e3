// Events: each record is a separate object, so that a wait keeps referring to the record for which it was created.
#pragma once

#include "stream.h"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>

namespace sim {

struct Record {
    using Clock = std::chrono::steady_clock;

    std::mutex mutex;
    std::condition_variable changed;
    bool done = false;
    Clock::time_point time;

    void complete() {
        std::lock_guard<std::mutex> lock(mutex);
        time = Clock::now();
        done = true;
        changed.notify_all();
    }

    bool is_done() {
        std::lock_guard<std::mutex> lock(mutex);
        return done;
    }
};

class Event {
public:
    Event(uint32_t flags, bool extended) : flags_(flags), extended_(extended) {}

    /** Returns true if aclrtCreateEventExWithFlag created the event; only such events can take part in captures. */
    bool is_extended() const { return extended_; }
    bool is_external() const { return (flags_ & kExternal) != 0; }
    bool can_be_awaited() const { return (flags_ & ACL_EVENT_SYNC) != 0; }

    /** Returns the latest record outside captures and its stream; nullptr if never recorded. */
    std::pair<std::shared_ptr<Record>, Stream*> latest();
    void set_latest(std::shared_ptr<Record> record, Stream* origin);

    /** Returns the open capture in which the event was recorded, or nullptr. */
    std::shared_ptr<Capture> capture();
    Position captured_at();
    void set_captured(const std::shared_ptr<Capture>& capture, Position position);

private:
    static constexpr uint32_t kExternal = 0x20;  // ACL_EVENT_EXTERNAL

    const uint32_t flags_;
    const bool extended_;
    std::mutex mutex_;
    std::shared_ptr<Record> record_;
    Stream* origin_ = nullptr;
    std::weak_ptr<Capture> capture_;
    Position captured_at_{};
};

/** Records EVENT on STREAM, which is captured. */
aclError capture_record(Event* event, Stream* stream);

/** Makes a stream wait for EVENT, where at least one of the two belongs to a capture. */
aclError capture_wait(Event* event, aclrtStream stream);

}  // namespace sim
