// A captured graph: the tasks of its streams, one lane per stream, which every replay runs.
#pragma once

#include "simulator.h"

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

namespace sim {

/** The position of a task in its graph. */
struct Position {
    size_t lane;
    size_t index;
};

class Graph {
public:
    /** Returns the new lane; lane 0 is that of the stream on which the capture began. */
    size_t add_lane();
    void add_task(size_t lane, const std::string& name, Task task);
    void add_operator(size_t lane, const std::string& name, Task kernel);
    Position add_record(size_t lane);
    void add_wait(size_t lane, Position record);

    /** Returns true if each lane after 0 ends with an awaited record, and lane 0 awaits at least one of them. */
    bool is_joined() const;

    /** Ends the recording; the graph can run from now on. */
    void seal() { sealed_ = true; }
    bool is_sealed() const { return sealed_; }

    size_t operators() const { return operators_; }

    /** Runs the tasks in an order that the events allow; throws TaskError if a task fails. */
    void run();

private:
    struct Node {
        enum class Kind { task, record, wait };

        Kind kind;
        std::string name;
        Task task;
        Position awaited;      // of a wait
        bool is_awaited;       // of a record
        bool is_awaited_by_0;  // of a record: by lane 0
    };
    using Lane = std::vector<Node>;

    void advance(std::vector<size_t>& next, size_t lane, size_t end) const;

    mutable std::mutex mutex_;
    std::vector<Lane> lanes_;
    size_t operators_ = 0;
    std::atomic<bool> sealed_{false};
};

}  // namespace sim
