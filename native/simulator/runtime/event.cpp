// The C interface of events.
#include "event.h"

#include "codes.h"
#include "counters.h"

namespace sim {

std::pair<std::shared_ptr<Record>, Stream*> Event::latest() {
    std::lock_guard<std::mutex> lock(mutex_);
    return {record_, origin_};
}

void Event::set_latest(std::shared_ptr<Record> record, Stream* origin) {
    std::lock_guard<std::mutex> lock(mutex_);
    record_ = std::move(record);
    origin_ = origin;
}

std::shared_ptr<Capture> Event::capture() {
    std::lock_guard<std::mutex> lock(mutex_);
    std::shared_ptr<Capture> capture = capture_.lock();
    return capture != nullptr && capture->is_open() ? capture : nullptr;
}

Position Event::captured_at() {
    std::lock_guard<std::mutex> lock(mutex_);
    return captured_at_;
}

void Event::set_captured(const std::shared_ptr<Capture>& capture, Position position) {
    std::lock_guard<std::mutex> lock(mutex_);
    capture_ = capture;
    captured_at_ = position;
}

namespace {

/** Waits for RECORD; returns an error if the stream that should complete it has failed. */
aclError wait(const std::shared_ptr<Record>& record, Stream* origin, int timeout_ms) {
    auto deadline = Record::Clock::now() + std::chrono::milliseconds(timeout_ms);
    std::unique_lock<std::mutex> lock(record->mutex);
    while (!record->done) {
        if (origin->error() != ACL_SUCCESS) {
            return fail(origin->error(), origin->error_message());
        }
        if (timeout_ms >= 0 && Record::Clock::now() >= deadline) {
            return fail(kEventSyncTimeout, "waiting for an event timed out");
        }
        record->changed.wait_for(lock, std::chrono::milliseconds(10));
    }
    return ACL_SUCCESS;
}

Event* event_of(aclrtEvent handle) { return static_cast<Event*>(handle); }

/** Returns an error of FUNCTION, which queries or waits for EVENT on the host, if EVENT belongs to a capture. */
aclError refuse_captured_event(Event* event, const char* function) {
    return event->capture() == nullptr ? ACL_SUCCESS
                                       : fail(kEventCaptured, std::string(function) + " of a captured event");
}

}  // namespace

}  // namespace sim

extern "C" {

aclError aclrtCreateEventExWithFlag(aclrtEvent* event, uint32_t flag) {
    *event = new sim::Event(flag, true);
    return ACL_SUCCESS;
}

aclError aclrtCreateEventWithFlag(aclrtEvent* event, uint32_t flag) {
    *event = new sim::Event(flag, false);
    return ACL_SUCCESS;
}

aclError aclrtCreateEvent(aclrtEvent* event) { return aclrtCreateEventWithFlag(event, ACL_EVENT_SYNC); }

aclError aclrtDestroyEvent(aclrtEvent event) {
    delete sim::event_of(event);
    return ACL_SUCCESS;
}

aclError aclrtRecordEvent(aclrtEvent handle, aclrtStream stream) {
    sim::Event* event = sim::event_of(handle);
    sim::Stream* origin = sim::stream_of(stream);
    if (origin != nullptr && origin->participation()) {
        return sim::capture_record(event, origin);
    }
    auto record = std::make_shared<sim::Record>();
    event->set_latest(record, origin);
    return sim::enqueue(stream, "aclrtRecordEvent", [record] { record->complete(); });
}

aclError aclrtResetEvent(aclrtEvent, aclrtStream) { return ACL_SUCCESS; }

aclError aclrtStreamWaitEvent(aclrtStream stream, aclrtEvent handle) {
    sim::Event* event = sim::event_of(handle);
    if (event->capture() != nullptr || sim::is_captured(stream)) {
        return sim::capture_wait(event, stream);
    }
    auto [record, origin] = event->latest();
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
    if (aclError code = sim::refuse_captured_event(sim::event_of(handle), "aclrtSynchronizeEvent")) {
        return code;
    }
    sim::count_event_sync();
    auto [record, origin] = sim::event_of(handle)->latest();
    return record == nullptr ? ACL_SUCCESS : sim::wait(record, origin, timeout);
}

aclError aclrtSynchronizeEvent(aclrtEvent event) { return aclrtSynchronizeEventWithTimeout(event, -1); }

aclError aclrtQueryEventStatus(aclrtEvent handle, aclrtEventRecordedStatus* status) {
    if (aclError code = sim::refuse_captured_event(sim::event_of(handle), "aclrtQueryEventStatus")) {
        return code;
    }
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
    for (aclrtEvent event : {start, end}) {
        if (aclError code = sim::refuse_captured_event(sim::event_of(event), "aclrtEventElapsedTime")) {
            return code;
        }
    }
    auto first = sim::event_of(start)->latest().first;
    auto last = sim::event_of(end)->latest().first;
    if (first == nullptr || last == nullptr || !first->is_done() || !last->is_done()) {
        return sim::fail(ACL_ERROR_RT_EVENT_NOT_COMPLETE, "aclrtEventElapsedTime of an event that is not recorded");
    }
    *milliseconds = std::chrono::duration<float, std::milli>(last->time - first->time).count();
    return ACL_SUCCESS;
}

aclError aclrtEventGetTimestamp(aclrtEvent event, uint64_t* microseconds) {
    if (aclError code = sim::refuse_captured_event(sim::event_of(event), "aclrtEventGetTimestamp")) {
        return code;
    }
    auto record = sim::event_of(event)->latest().first;
    if (record == nullptr || !record->is_done()) {
        return sim::fail(ACL_ERROR_RT_EVENT_NOT_COMPLETE, "aclrtEventGetTimestamp of an event that is not recorded");
    }
    *microseconds = static_cast<uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(record->time.time_since_epoch()).count());
    return ACL_SUCCESS;
}

}  // extern "C"
