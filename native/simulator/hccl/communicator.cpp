#include "communicator.h"

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace sim {

namespace {

constexpr size_t kPairSlot = size_t{1} << 20;
constexpr aclError kPeerLost = 507057;  // suspected remote error
constexpr aclError kTimeout = 507048;   // the result of a notify that never arrives
constexpr aclError kDestroyed = 107017; // invalid handle

std::chrono::seconds seconds(const char* variable, int otherwise) {
    const char* value = std::getenv(variable);
    int number = value == nullptr ? 0 : std::atoi(value);
    return std::chrono::seconds(number > 0 ? number : otherwise);
}

HcclResult result(aclError code) { return code == ACL_SUCCESS ? HCCL_SUCCESS : HCCL_E_RUNTIME; }

/** Returns the fault NAME for RANK; its value starts with the rank. */
const Fault* fault_of(const char* name, uint32_t rank) { return find_fault(name, std::to_string(rank)); }

}  // namespace

struct Communicator::Shared {
    std::atomic<uint32_t> attached;
    std::atomic<pid_t> process[kMaxRanks];
    std::atomic<uint32_t> departed[kMaxRanks];
    std::atomic<uint64_t> posted[kMaxRanks];
    std::atomic<uint64_t> used[kMaxRanks];
    std::atomic<uint64_t> sent[kMaxRanks][kMaxRanks];
    std::atomic<uint64_t> received[kMaxRanks][kMaxRanks];
};

namespace {

/**
 * Locks byte RANK for this process as long as it lives; the other ranks detect its death by the released lock,
 * whatever its cause.
 */
void claim(int file, uint32_t rank) {
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = rank;
    lock.l_len = 1;
    fcntl(file, F_SETLK, &lock);
}

bool is_claimed(int file, uint32_t rank) {
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = rank;
    lock.l_len = 1;
    return fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

}  // namespace

Communicator::Communicator(std::string name, uint32_t size, uint32_t rank)
    : name_(std::move(name)), size_(size), rank_(rank) {
    bytes_ = sizeof(Shared) + size * kSlot + static_cast<size_t>(size) * size * kPairSlot;
    file_ = shm_open(("/" + name_).c_str(), O_RDWR | O_CREAT, 0600);
    if (file_ < 0 || ftruncate(file_, static_cast<off_t>(bytes_)) != 0) {
        throw std::runtime_error("shared memory " + name_ + ": " + std::strerror(errno));
    }
    void* address = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, file_, 0);
    if (address == MAP_FAILED) {
        throw std::runtime_error("shared memory " + name_ + ": " + std::strerror(errno));
    }
    shared_ = static_cast<Shared*>(address);
    claim(file_, rank_);
    shared_->process[rank_] = getpid();
    ++shared_->attached;
}

/** Exists as long as a task of the communicator, whether its stream runs or drops the task. */
struct Communicator::Pending {
    explicit Pending(std::atomic<uint64_t>& count) : count(count) { ++count; }
    ~Pending() { --count; }
    Pending(const Pending&) = delete;
    Pending& operator=(const Pending&) = delete;

    std::atomic<uint64_t>& count;
};

Communicator::~Communicator() {
    while (pending_ > 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    shared_->departed[rank_] = 1;
    munmap(shared_, bytes_);
    // The file stays open, because closing it would also drop the locks of this process's other ranks.
}

HcclResult Communicator::connect() {
    auto deadline = std::chrono::steady_clock::now() + seconds("HCCL_CONNECT_TIMEOUT", 120);
    while (shared_->attached < size_) {
        if (std::chrono::steady_clock::now() > deadline) {
            shm_unlink(("/" + name_).c_str());
            fail(ACL_ERROR_INTERNAL_ERROR, std::to_string(shared_->attached) + " of " + std::to_string(size_) +
                                               " ranks have connected within HCCL_CONNECT_TIMEOUT");
            return HCCL_E_TIMEOUT;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (rank_ == 0) {
        shm_unlink(("/" + name_).c_str());
    }
    return HCCL_SUCCESS;
}

char* Communicator::slot(uint32_t rank) const { return reinterpret_cast<char*>(shared_ + 1) + rank * kSlot; }

char* Communicator::pair_slot(uint32_t from, uint32_t to) const {
    return slot(size_) + (static_cast<size_t>(from) * size_ + to) * kPairSlot;
}

bool Communicator::is_gone(uint32_t peer) const {
    return shared_->departed[peer] != 0 ||
           (shared_->process[peer] != getpid() && !is_claimed(file_, peer));
}

void Communicator::wait(const Condition& condition, const std::vector<uint32_t>& peers) {
    auto deadline = std::chrono::steady_clock::now() + seconds("HCCL_EXEC_TIMEOUT", 1836);
    for (int round = 0; !condition(); ++round) {
        std::this_thread::sleep_for(std::chrono::microseconds(round < 100 ? 20 : 1000));
        if (round % 100 != 99) {
            continue;
        }
        for (uint32_t peer : peers) {
            if (is_gone(peer) && !condition()) {
                error_ = HCCL_E_REMOTE;
                throw TaskError{kPeerLost,
                                "rank " + std::to_string(rank_) + ": rank " + std::to_string(peer) + " is lost"};
            }
        }
        if (std::chrono::steady_clock::now() > deadline) {
            error_ = HCCL_E_TIMEOUT;
            throw TaskError{kTimeout, "rank " + std::to_string(rank_) + ": no answer within HCCL_EXEC_TIMEOUT"};
        }
    }
}

void Communicator::exchange(const void* data, size_t bytes,
                            const std::function<void(const std::vector<const char*>&)>& use) {
    std::vector<const char*> slots;
    std::vector<uint32_t> others;
    for (uint32_t peer = 0; peer < size_; ++peer) {
        slots.push_back(slot(peer));
        if (peer != rank_) {
            others.push_back(peer);
        }
    }
    auto all = [this](const std::atomic<uint64_t>* counts, uint64_t number) {
        return [this, counts, number] {
            for (uint32_t peer = 0; peer < size_; ++peer) {
                if (counts[peer] < number) {
                    return false;
                }
            }
            return true;
        };
    };
    wait(all(shared_->used, pieces_), others);
    if (data != nullptr) {
        std::memcpy(slot(rank_), data, bytes);
    }
    ++pieces_;
    shared_->posted[rank_] = pieces_;
    wait(all(shared_->posted, pieces_), others);
    use(slots);
    shared_->used[rank_] = pieces_;
}

void Communicator::send(const void* data, size_t bytes, uint32_t peer) {
    const char* from = static_cast<const char*>(data);
    for (size_t done = 0; done < bytes; done += kPairSlot) {
        auto& sent = shared_->sent[rank_][peer];
        auto& received = shared_->received[rank_][peer];
        wait([&] { return received == sent; }, {peer});
        std::memcpy(pair_slot(rank_, peer), from + done, std::min(kPairSlot, bytes - done));
        ++sent;
    }
}

void Communicator::receive(void* data, size_t bytes, uint32_t peer) {
    char* to = static_cast<char*>(data);
    for (size_t done = 0; done < bytes; done += kPairSlot) {
        auto& sent = shared_->sent[peer][rank_];
        auto& received = shared_->received[peer][rank_];
        wait([&] { return sent > received; }, {peer});
        std::memcpy(to + done, pair_slot(peer, rank_), std::min(kPairSlot, bytes - done));
        ++received;
    }
}

void Communicator::meet_faults(uint64_t number) {
    const Fault* lost = fault_of("peer-lost", rank_);
    if (lost != nullptr && number >= lost->count) {
        _exit(9);
    }
    if (const Fault* slow = fault_of("slow-peer", rank_)) {
        int milliseconds = std::atoi(slow->value.c_str() + slow->value.find(':') + 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    }
    const Fault* hang = fault_of("hccl-timeout", rank_);
    if (hang != nullptr && number >= hang->count) {
        wait([] { return false; }, {});
    }
}

HcclResult Communicator::submit(const char* operation, uint64_t bytes, aclrtStream stream, Task task) {
    if (error_ != HCCL_SUCCESS) {
        return error_;
    }
    trace(std::string(operation) + " of " + std::to_string(bytes) + " bytes on " + name_);
    auto run = [this, operation, bytes, task = std::move(task)] {
        count_collective(operation, bytes);
        meet_faults(++operations_);
        task();
    };
    if (is_captured(stream)) {
        return result(enqueue(stream, operation, [alive = std::weak_ptr<void>(alive_), run] {
            if (alive.expired()) {
                throw TaskError{kDestroyed, "the communicator has been destroyed"};
            }
            run();
        }));
    }
    auto pending = std::make_shared<Pending>(pending_);
    return result(enqueue(stream, operation, [pending, run] { run(); }));
}

}  // namespace sim
