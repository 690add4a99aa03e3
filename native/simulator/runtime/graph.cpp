#include "graph.h"

namespace sim {

size_t Graph::add_lane() {
    std::lock_guard<std::mutex> lock(mutex_);
    lanes_.emplace_back();
    return lanes_.size() - 1;
}

void Graph::add_task(size_t lane, const std::string& name, Task task) {
    std::lock_guard<std::mutex> lock(mutex_);
    lanes_[lane].push_back({Node::Kind::task, name, std::move(task), {}, false, false});
}

void Graph::add_operator(size_t lane, const std::string& name, Task kernel) {
    add_task(lane, name, std::move(kernel));
    std::lock_guard<std::mutex> lock(mutex_);
    ++operators_;
}

Position Graph::add_record(size_t lane) {
    std::lock_guard<std::mutex> lock(mutex_);
    lanes_[lane].push_back({Node::Kind::record, "aclrtRecordEvent", nullptr, {}, false, false});
    return {lane, lanes_[lane].size() - 1};
}

void Graph::add_wait(size_t lane, Position record) {
    std::lock_guard<std::mutex> lock(mutex_);
    Node& awaited = lanes_[record.lane][record.index];
    awaited.is_awaited = true;
    awaited.is_awaited_by_0 |= lane == 0;
    lanes_[lane].push_back({Node::Kind::wait, "aclrtStreamWaitEvent", nullptr, record, false, false});
}

bool Graph::is_joined() const {
    std::lock_guard<std::mutex> lock(mutex_);
    bool reaches_0 = lanes_.size() == 1;
    for (size_t lane = 1; lane < lanes_.size(); ++lane) {
        if (lanes_[lane].empty() || !lanes_[lane].back().is_awaited) {
            return false;
        }
        reaches_0 |= lanes_[lane].back().is_awaited_by_0;
    }
    return reaches_0;
}

/** Runs a lane up to END, and other lanes only as far as it waits for them: a missing wait gives wrong results. */
void Graph::advance(std::vector<size_t>& next, size_t lane, size_t end) const {
    while (next[lane] < end) {
        const Node& node = lanes_[lane][next[lane]++];
        if (node.kind == Node::Kind::wait) {
            advance(next, node.awaited.lane, node.awaited.index + 1);
            continue;
        }
        try {
            if (node.task) {
                node.task();
            }
        } catch (const TaskError& error) {
            throw TaskError{error.code, node.name + ": " + error.message};
        } catch (const std::exception& error) {
            throw TaskError{ACL_ERROR_RT_AICORE_EXCEPTION, node.name + ": " + error.what()};
        }
    }
}

void Graph::run() {
    std::lock_guard<std::mutex> lock(mutex_);  // a graph runs on one stream at a time
    std::vector<size_t> next(lanes_.size());
    for (size_t lane = 0; lane < lanes_.size(); ++lane) {
        advance(next, lane, lanes_[lane].size());
    }
}

}  // namespace sim
