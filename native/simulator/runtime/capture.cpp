#include "capture.h"

#include "graph_handle.h"
#include "stream.h"

#include <algorithm>
#include <utility>

namespace sim {

namespace {

std::mutex open_mutex;

std::vector<Capture*>& open_captures() {
    static auto* captures = new std::vector<Capture*>;
    return *captures;
}

thread_local aclmdlRICaptureMode exchanged = ACL_MODEL_RI_CAPTURE_MODE_GLOBAL;

}  // namespace

Capture::Capture(int device, aclmdlRICaptureMode mode) : device_(device), mode_(mode), handle_(add_graph(graph_)) {
    std::lock_guard<std::mutex> lock(open_mutex);
    open_captures().push_back(this);
}

void Capture::join(Stream* stream) {
    size_t lane = graph_->add_lane();
    {
        std::lock_guard<std::mutex> lock(mutex_);
        streams_.push_back(stream);
    }
    stream->set_participation({shared_from_this(), lane});
}

void Capture::close() {
    {
        std::lock_guard<std::mutex> lock(open_mutex);
        auto& all = open_captures();
        all.erase(std::remove(all.begin(), all.end(), this), all.end());
    }
    open_ = false;
    std::lock_guard<std::mutex> lock(mutex_);
    for (Stream* stream : streams_) {
        stream->set_participation({});
    }
}

aclmdlRICaptureMode exchange_capture_mode(aclmdlRICaptureMode mode) { return std::exchange(exchanged, mode); }

bool allows_synchronous_calls() {
    if (exchanged == ACL_MODEL_RI_CAPTURE_MODE_RELAXED) {
        return true;
    }
    std::lock_guard<std::mutex> lock(open_mutex);
    return std::none_of(open_captures().begin(), open_captures().end(), [](const Capture* capture) {
        if (capture->device() != current_device() || capture->mode() == ACL_MODEL_RI_CAPTURE_MODE_RELAXED) {
            return false;
        }
        bool refuses_all_threads = capture->mode() == ACL_MODEL_RI_CAPTURE_MODE_GLOBAL &&
                                   exchanged == ACL_MODEL_RI_CAPTURE_MODE_GLOBAL;
        return refuses_all_threads || capture->began_here();
    });
}

bool is_capturing(int device) {
    std::lock_guard<std::mutex> lock(open_mutex);
    return std::any_of(open_captures().begin(), open_captures().end(),
                       [device](const Capture* capture) { return capture->device() == device; });
}

}  // namespace sim
