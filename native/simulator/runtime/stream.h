// A stream: a queue with a worker thread of its own, so that work is really asynchronous to the caller.
#pragma once

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

    aclError append(const std::string& name, Task task);

    /** Waits until all tasks appended before are done; TIMEOUT_MS < 0 waits for ever. */
    aclError synchronise(int timeout_ms = -1);

    bool is_idle();
    aclError error();
    std::string error_message();

    /** Runs the rest of the queue, or drops it when FORCE, and ends the thread. */
    void close(bool force);

private:
    void work();
    void run(const std::string& name, const Task& task);

    const int device_;
    const int id_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::pair<std::string, Task>> tasks_;
    bool busy_ = false;
    bool closing_ = false;
    aclError error_ = ACL_SUCCESS;
    std::string error_message_;
    std::thread thread_;
};

/** The stream behind a handle; nullptr is the default stream of the calling thread's device. */
Stream* stream_of(aclrtStream handle);

aclError synchronise_device(int device, int timeout_ms);

/** Fails every stream of DEVICE with CODE, now and for ever. */
void lose_device(int device);
bool is_lost(int device);

}  // namespace sim
