// A stream: a queue with its own worker thread, so that work is really asynchronous to the caller.
#pragma once

#include "capture.h"
#include "simulator.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

namespace sim {

class Stream {
public:
    explicit Stream(int device);

    int device() const { return device_; }
    int id() const { return id_; }

    /** Appends TASK to the queue, or to the graph while the stream takes part in a capture. */
    aclError append(const std::string& name, Task task);

    Participation participation();
    void set_participation(Participation participation);

    /** Waits until all tasks appended so far have finished; TIMEOUT_MS < 0 waits without a limit. */
    aclError synchronise(int timeout_ms = -1);

    bool is_idle();
    aclError error();
    std::string error_message();

    /** Runs the rest of the queue, or drops it if FORCE is true, and ends the thread. */
    void close(bool force);

private:
    void work();
    void run(const std::string& name, const Task& task);

    const int device_;
    const int id_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::pair<std::string, Task>> tasks_;
    Participation participation_;
    bool busy_ = false;
    bool closing_ = false;
    aclError error_ = ACL_SUCCESS;
    std::string error_message_;
    std::thread thread_;
};

/** Returns the stream of a handle; nullptr is the default stream of the calling thread's device. */
Stream* stream_of(aclrtStream handle);

aclError synchronise_device(int device, int timeout_ms);

/** Makes every stream of DEVICE fail permanently. */
void lose_device(int device);
bool is_lost(int device);

/** Calls lose_device if the faults "lost" or "hung" name launch NUMBER or an earlier one. */
void lose_device_at(uint64_t number, int device);

/** Returns an error of FUNCTION if STREAM takes part in a capture. */
aclError refuse_captured(Stream* stream, const char* function);

}  // namespace sim
