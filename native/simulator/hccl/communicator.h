// A communicator: shared memory between the ranks of one machine, with a slot for the data of each rank.
#pragma once

#include "runtime/simulator.h"

#include <hccl/hccl.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace sim {

/** The maximum number of bytes that one rank transfers at once; longer messages are split into pieces. */
constexpr size_t kSlot = size_t{4} << 20;
constexpr uint32_t kMaxRanks = 256;

class Communicator {
public:
    /** Attaches to the shared memory NAME, creating it if necessary. */
    Communicator(std::string name, uint32_t size, uint32_t rank);

    /** Waits for the submitted collectives. */
    ~Communicator();

    Communicator(const Communicator&) = delete;
    Communicator& operator=(const Communicator&) = delete;

    /** Waits until every rank has attached. */
    HcclResult connect();

    uint32_t size() const { return size_; }
    uint32_t rank() const { return rank_; }
    const std::string& name() const { return name_; }
    HcclResult error() const { return error_; }

    /** Appends the task of a collective to the stream, counts it, and applies the injected faults. */
    HcclResult submit(const char* operation, uint64_t bytes, aclrtStream stream, Task task);

    /**
     * Transfers one piece of a collective: makes [data, data + bytes), which may be empty, visible to all ranks, calls
     * USE with every rank's slot, and keeps the slots until all ranks have finished with them.
     */
    void exchange(const void* data, size_t bytes, const std::function<void(const std::vector<const char*>&)>& use);

    void send(const void* data, size_t bytes, uint32_t peer);
    void receive(void* data, size_t bytes, uint32_t peer);

private:
    struct Shared;
    struct Pending;
    using Condition = std::function<bool()>;

    /** Waits for CONDITION; throws TaskError if a rank that it depends on has died or HCCL_EXEC_TIMEOUT has expired. */
    void wait(const Condition& condition, const std::vector<uint32_t>& peers);
    bool is_gone(uint32_t peer) const;
    char* slot(uint32_t rank) const;
    char* pair_slot(uint32_t from, uint32_t to) const;
    void meet_faults(uint64_t number);

    const std::string name_;
    const uint32_t size_, rank_;
    int file_ = -1;
    size_t bytes_ = 0;
    Shared* shared_ = nullptr;
    uint64_t pieces_ = 0;      // exchanged so far; used only by the stream's thread
    std::atomic<uint64_t> operations_{0};  // started so far
    const std::shared_ptr<void> alive_ = std::make_shared<char>();  // lets a graph's collectives detect the destruction
    std::atomic<uint64_t> pending_{0};  // submitted, and neither finished nor dropped
    std::atomic<HcclResult> error_{HCCL_SUCCESS};
};

}  // namespace sim
