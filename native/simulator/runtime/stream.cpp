#include "stream.h"

#include "codes.h"
#include "context.h"
#include "counters.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <vector>

namespace sim {

namespace {

constexpr int kMaxDevices = 64;
std::mutex registry_mutex;
std::atomic<bool> exiting{false};
std::atomic<bool> lost[kMaxDevices];

std::set<Stream*>& registry() {
    static auto* streams = new std::set<Stream*>;
    return *streams;
}

std::vector<Stream*> streams_of(int device) {
    std::lock_guard<std::mutex> lock(registry_mutex);
    std::vector<Stream*> found;
    for (Stream* stream : registry()) {
        if (stream->device() == device) {
            found.push_back(stream);
        }
    }
    return found;
}

/**
 * Stops the streams before the libraries that kernels use are torn down: no further task starts, and running tasks
 * finish.
 */
void stop_at_exit() {
    exiting = true;
    std::vector<Stream*> all;
    {
        std::lock_guard<std::mutex> lock(registry_mutex);
        all.assign(registry().begin(), registry().end());
    }
    for (Stream* stream : all) {
        stream->close(true);
    }
}

}  // namespace

Stream::Stream(int device) : device_(device), id_([] {
    static std::atomic<int> next{0};
    return next++;
}()) {
    static std::once_flag once;
    std::call_once(once, [] { std::atexit(stop_at_exit); });
    std::lock_guard<std::mutex> lock(registry_mutex);
    registry().insert(this);
}

aclError Stream::append(const std::string& name, Task task) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (error_ != ACL_SUCCESS) {
        return fail(error_, error_message_);
    }
    if (closing_) {
        return fail(kStreamAbort, "stream " + std::to_string(id_) + " is being destroyed");
    }
    if (participation_) {
        participation_.capture->graph().add_task(participation_.lane, name, std::move(task));
        return ACL_SUCCESS;
    }
    tasks_.emplace_back(name, std::move(task));
    if (!thread_.joinable()) {
        thread_ = std::thread(&Stream::work, this);
    }
    changed_.notify_all();
    return ACL_SUCCESS;
}

Participation Stream::participation() {
    std::lock_guard<std::mutex> lock(mutex_);
    return participation_;
}

void Stream::set_participation(Participation participation) {
    std::lock_guard<std::mutex> lock(mutex_);
    participation_ = std::move(participation);
}

aclError Stream::synchronise(int timeout_ms) {
    std::unique_lock<std::mutex> lock(mutex_);
    auto done = [this] { return (tasks_.empty() && !busy_) || error_ != ACL_SUCCESS; };
    if (timeout_ms < 0) {
        changed_.wait(lock, done);
    } else if (!changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms), done)) {
        return fail(kStreamSyncTimeout, "synchronisation timed out");
    }
    return error_ == ACL_SUCCESS ? ACL_SUCCESS : fail(error_, error_message_);
}

bool Stream::is_idle() {
    std::lock_guard<std::mutex> lock(mutex_);
    return tasks_.empty() && !busy_;
}

aclError Stream::error() {
    std::lock_guard<std::mutex> lock(mutex_);
    return error_;
}

std::string Stream::error_message() {
    std::lock_guard<std::mutex> lock(mutex_);
    return error_message_;
}

void Stream::close(bool force) {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        closing_ = true;
        if (force) {
            tasks_.clear();
        }
        changed_.notify_all();
    }
    if (thread_.joinable() && thread_.get_id() != std::this_thread::get_id()) {
        thread_.join();
    }
    std::lock_guard<std::mutex> lock(registry_mutex);
    registry().erase(this);
}

void Stream::work() {
    set_current_device(device_);
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return !tasks_.empty() || closing_; });
        if (tasks_.empty()) {
            return;
        }
        auto [name, task] = std::move(tasks_.front());
        tasks_.pop_front();
        busy_ = true;
        lock.unlock();
        run(name, task);
        task = nullptr;
        lock.lock();
        busy_ = false;
        if (error_ != ACL_SUCCESS) {
            tasks_.clear();
        }
        changed_.notify_all();
    }
}

void Stream::run(const std::string& name, const Task& task) {
    aclError code = ACL_SUCCESS;
    std::string message;
    try {
        if (is_lost(device_)) {
            throw TaskError{ACL_ERROR_RT_LOST_HEARTBEAT, "device " + std::to_string(device_) + " is lost"};
        }
        task();
    } catch (const TaskError& error) {
        code = error.code;
        message = error.message;
    } catch (const std::exception& error) {
        code = ACL_ERROR_RT_AICORE_EXCEPTION;
        message = error.what();
    }
    if (code != ACL_SUCCESS && !exiting) {
        message = name + " on stream " + std::to_string(id_) + ": " + message;
        std::fprintf(stderr, "simulated CANN: %s\n", message.c_str());
        std::lock_guard<std::mutex> lock(mutex_);
        error_ = code;
        error_message_ = message;
    }
}

aclError synchronise_device(int device, int timeout_ms) {
    while (find_fault("hung") != nullptr && is_lost(device)) {
        std::this_thread::sleep_for(std::chrono::seconds(1));
    }
    aclError result = ACL_SUCCESS;
    for (Stream* stream : streams_of(device)) {
        aclError code = stream->synchronise(timeout_ms);
        result = result == ACL_SUCCESS ? code : result;
    }
    return result;
}

void lose_device(int device) { lost[device] = true; }
bool is_lost(int device) { return lost[device]; }

aclError refuse_captured(Stream* stream, const char* function) {
    if (stream->participation()) {
        return fail(kStreamCaptured, std::string(function) + " of a captured stream");
    }
    return ACL_SUCCESS;
}

bool is_captured(aclrtStream handle) {
    Stream* stream = stream_of(handle);
    return stream != nullptr && stream->participation();
}

}  // namespace sim

extern "C" {

aclError aclrtCreateStreamWithConfig(aclrtStream* stream, uint32_t, uint32_t) {
    int device = sim::current_device();
    if (device < 0) {
        return sim::fail(ACL_ERROR_RT_CONTEXT_NULL, "aclrtCreateStream: the thread has no device");
    }
    *stream = new sim::Stream(device);
    return ACL_SUCCESS;
}

aclError aclrtCreateStream(aclrtStream* stream) { return aclrtCreateStreamWithConfig(stream, 0, 0); }

static aclError destroy(aclrtStream handle, bool force) {
    auto* stream = static_cast<sim::Stream*>(handle);
    if (stream == nullptr) {
        return sim::fail(ACL_ERROR_INVALID_PARAM, "the default stream cannot be destroyed");
    }
    if (aclError code = sim::refuse_captured(stream, "aclrtDestroyStream")) {
        return code;
    }
    stream->close(force);
    delete stream;
    return ACL_SUCCESS;
}

aclError aclrtDestroyStream(aclrtStream stream) { return destroy(stream, false); }
aclError aclrtDestroyStreamForce(aclrtStream stream) { return destroy(stream, true); }

aclError aclrtStreamGetId(aclrtStream stream, int32_t* id) {
    sim::Stream* found = sim::stream_of(stream);
    if (found == nullptr) {
        return sim::fail(ACL_ERROR_RT_CONTEXT_NULL, "aclrtStreamGetId: the thread has no device");
    }
    *id = found->id();
    return ACL_SUCCESS;
}

aclError aclrtStreamQuery(aclrtStream stream, aclrtStreamStatus* status) {
    sim::Stream* found = sim::stream_of(stream);
    if (found == nullptr) {
        return sim::fail(ACL_ERROR_RT_CONTEXT_NULL, "aclrtStreamQuery: the thread has no device");
    }
    if (aclError code = sim::refuse_captured(found, "aclrtStreamQuery")) {
        return code;
    }
    *status = found->is_idle() ? ACL_STREAM_STATUS_COMPLETE : ACL_STREAM_STATUS_NOT_READY;
    return found->error() == ACL_SUCCESS ? ACL_SUCCESS : sim::fail(found->error(), found->error_message());
}

aclError aclrtSynchronizeStreamWithTimeout(aclrtStream stream, int32_t timeout) {
    sim::count_stream_sync();
    sim::Stream* found = sim::stream_of(stream);
    if (found == nullptr) {
        return sim::fail(ACL_ERROR_RT_CONTEXT_NULL, "aclrtSynchronizeStream: the thread has no device");
    }
    if (aclError code = sim::refuse_captured(found, "aclrtSynchronizeStream")) {
        return code;
    }
    return found->synchronise(timeout);
}

aclError aclrtSynchronizeStream(aclrtStream stream) { return aclrtSynchronizeStreamWithTimeout(stream, -1); }

aclError aclrtSynchronizeDeviceWithTimeout(int32_t timeout) {
    sim::count_stream_sync();
    int device = sim::current_device();
    if (device < 0) {
        return sim::fail(ACL_ERROR_RT_CONTEXT_NULL, "aclrtSynchronizeDevice: the thread has no device");
    }
    if (sim::is_capturing(device)) {
        return sim::fail(sim::kStreamCaptured, "aclrtSynchronizeDevice while a stream is captured");
    }
    return sim::synchronise_device(device, timeout);
}

aclError aclrtSynchronizeDevice() { return aclrtSynchronizeDeviceWithTimeout(-1); }

}  // extern "C"
