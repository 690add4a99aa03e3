// Open captures: the participating streams append their tasks to a graph instead of running them.
#pragma once

#include "graph.h"

#include <acl/acl.h>

#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace sim {

class Stream;

class Capture : public std::enable_shared_from_this<Capture> {
public:
    Capture(int device, aclmdlRICaptureMode mode);

    /** Adds STREAM; the capture must be ended on the stream that was added first. */
    void join(Stream* stream);

    /** Removes all streams, which run their later tasks again. */
    void close();

    /** Marks the graph as unusable after an error; the streams stay captured until the end. */
    void invalidate() { valid_ = false; }

    bool is_open() const { return open_; }
    bool is_valid() const { return valid_; }
    bool began_on(const Stream* stream) const { return streams_.front() == stream; }
    bool began_here() const { return thread_ == std::this_thread::get_id(); }

    int device() const { return device_; }
    aclmdlRICaptureMode mode() const { return mode_; }
    aclmdlRI handle() const { return handle_; }
    Graph& graph() const { return *graph_; }

private:
    const int device_;
    const aclmdlRICaptureMode mode_;
    const std::thread::id thread_ = std::this_thread::get_id();
    const std::shared_ptr<Graph> graph_ = std::make_shared<Graph>();
    const aclmdlRI handle_;
    std::mutex mutex_;
    std::vector<Stream*> streams_;
    std::atomic<bool> open_{true};
    std::atomic<bool> valid_{true};
};

/** A stream's lane in a capture; without a capture the stream runs its tasks. */
struct Participation {
    std::shared_ptr<Capture> capture;
    size_t lane = 0;

    explicit operator bool() const { return capture != nullptr; }
};

/** Sets the calling thread's mode, which decides about its synchronous calls, and returns the previous mode. */
aclmdlRICaptureMode exchange_capture_mode(aclmdlRICaptureMode mode);

/** Returns true if open captures allow the calling thread synchronous copies and fills on its device. */
bool allows_synchronous_calls();

/** Returns true if a stream of DEVICE takes part in a capture. */
bool is_capturing(int device);

}  // namespace sim
