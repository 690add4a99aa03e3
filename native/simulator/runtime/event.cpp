// Events: each record is a separate object, so that a wait keeps referring to the record for which it was created.
#include "codes.h"
#include "counters.h"
#include "stream.h"

#include <chrono>
#include <condition_variable>

namespace sim {

namespace {

using Clock = std::chrono::steady_clock;

struct Record {
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

/** Waits for RECORD; returns an error if the stream that should complete it has failed. */
aclError wait(const std::shared_ptr<Record>& record, Stream* origin, int timeout_ms) {
    auto deadline = Clock::now() + std::chrono::milliseconds(timeout_ms);
    std::unique_lock<std::mutex> lock(record->mutex);
    while (!record->done) {
        if (origin->error() != ACL_SUCCESS) {
            return fail(origin->error(), origin->error_message());
        }
        if (timeout_ms >= 0 && Clock::now() >= deadline) {
            return fail(kEventSyncTimeout, "waiting for an event timed out");
        }
        record->changed.wait_for(lock, std::chrono::milliseconds(10));
    }
    return ACL_SUCCESS;
}

struct Event {
    std::mutex mutex;
    std::shared_ptr<Record> record;  // the latest; nullptr if never recorded
    Stream* origin = nullptr;

    std::pair<std::shared_ptr<Record>, Stream*> latest() {
        std::lock_guard<std::mutex> lock(mutex);
        return {record, origin};
    }
};

Event* event_of(aclrtEvent handle) { return static_cast<Event*>(handle); }

}  // namespace

}  // namespace sim

extern "C" {

aclError aclrtCreateEventExWithFlag(aclrtEvent* event, uint32_t) {
    *event = new sim::Event;
    return ACL_SUCCESS;
}

aclError aclrtCreateEventWithFlag(aclrtEvent* event, uint32_t flag) { return aclrtCreateEventExWithFlag(event, flag); }
aclError aclrtCreateEvent(aclrtEvent* event) { return aclrtCreateEventExWithFlag(event, 0); }

aclError aclrtDestroyEvent(aclrtEvent event) {
    delete sim::event_of(event);
    return ACL_SUCCESS;
}

aclError aclrtRecordEvent(aclrtEvent handle, aclrtStream stream) {
    sim::Event* event = sim::event_of(handle);
    auto record = std::make_shared<sim::Record>();
    {
        std::lock_guard<std::mutex> lock(event->mutex);
        event->record = record;
        event->origin = sim::stream_of(stream);
    }
    return sim::enqueue(stream, "aclrtRecordEvent", [record] { record->complete(); });
}

aclError aclrtResetEvent(aclrtEvent, aclrtStream) { return ACL_SUCCESS; }

aclError aclrtStreamWaitEvent(aclrtStream stream, aclrtEvent handle) {
    auto [record, origin] = sim::event_of(handle)->latest();
    if (record == nullptr) {
        return ACL_SUCCESS;
    }
    return sim::enqueue(stream, "aclrtStreamWaitEvent", [record = record, origin = origin] {
        aclError code = sim::wait(record, origin, -1);
        if (code != ACL_SUCCESS) {
            throw sim::TaskError{code, "the awaited stream failed"};
        }
    });
}

aclError aclrtSynchronizeEventWithTimeout(aclrtEvent handle, int32_t timeout) {
    sim::count_event_sync();
    auto [record, origin] = sim::event_of(handle)->latest();
    return record == nullptr ? ACL_SUCCESS : sim::wait(record, origin, timeout);
}

aclError aclrtSynchronizeEvent(aclrtEvent event) { return aclrtSynchronizeEventWithTimeout(event, -1); }

aclError aclrtQueryEventStatus(aclrtEvent handle, aclrtEventRecordedStatus* status) {
    auto [record, origin] = sim::event_of(handle)->latest();
    if (record == nullptr || record->is_done()) {
        *status = ACL_EVENT_RECORDED_STATUS_COMPLETE;
        return ACL_SUCCESS;
    }
    *status = ACL_EVENT_RECORDED_STATUS_NOT_READY;
    return origin->error() == ACL_SUCCESS ? ACL_SUCCESS : sim::fail(origin->error(), origin->error_message());
}

aclError aclrtQueryEventWaitStatus(aclrtEvent event, aclrtEventWaitStatus* status) {
    aclrtEventRecordedStatus recorded = ACL_EVENT_RECORDED_STATUS_NOT_READY;
    aclError code = aclrtQueryEventStatus(event, &recorded);
    *status = recorded == ACL_EVENT_RECORDED_STATUS_COMPLETE ? ACL_EVENT_WAIT_STATUS_COMPLETE
                                                             : ACL_EVENT_WAIT_STATUS_NOT_READY;
    return code;
}

aclError aclrtEventElapsedTime(float* milliseconds, aclrtEvent start, aclrtEvent end) {
    auto first = sim::event_of(start)->latest().first;
    auto last = sim::event_of(end)->latest().first;
    if (first == nullptr || last == nullptr || !first->is_done() || !last->is_done()) {
        return sim::fail(ACL_ERROR_RT_EVENT_NOT_COMPLETE, "aclrtEventElapsedTime of an event that is not recorded");
    }
    *milliseconds = std::chrono::duration<float, std::milli>(last->time - first->time).count();
    return ACL_SUCCESS;
}

aclError aclrtEventGetTimestamp(aclrtEvent event, uint64_t* microseconds) {
    auto record = sim::event_of(event)->latest().first;
    if (record == nullptr || !record->is_done()) {
        return sim::fail(ACL_ERROR_RT_EVENT_NOT_COMPLETE, "aclrtEventGetTimestamp of an event that is not recorded");
    }
    *microseconds = static_cast<uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(record->time.time_since_epoch()).count());
    return ACL_SUCCESS;
}

}  // extern "C"
