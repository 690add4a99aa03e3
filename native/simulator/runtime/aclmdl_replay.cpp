// The C interface for replaying and destroying graphs.
#include "codes.h"
#include "counters.h"
#include "graph_handle.h"
#include "stream.h"

#include <chrono>
#include <thread>

namespace sim {

namespace {

constexpr auto kDestroyTimeout = std::chrono::seconds(10);  // as the runtime waits for a running graph

aclError unknown(aclmdlRI handle, const char* function) {
    return fail(handle == nullptr ? ACL_ERROR_INVALID_PARAM : kInvalidHandle,
                std::string(function) + " of a graph that does not exist");
}

aclError replay(const std::shared_ptr<Graph>& graph, aclrtStream handle) {
    Stream* stream = stream_of(handle);
    if (stream == nullptr) {
        return fail(ACL_ERROR_RT_CONTEXT_NULL, "aclmdlRIExecuteAsync: the thread has no device");
    }
    if (stream->participation()) {
        return fail(kStreamCaptured, "aclmdlRIExecuteAsync on a captured stream");
    }
    if (!graph->is_sealed()) {
        return fail(kModelCaptured, "aclmdlRIExecuteAsync of a graph whose capture has not ended");
    }
    trace("aclmdlRIExecuteAsync of " + std::to_string(graph->operators()) + " operators");
    ReplayNumber number = count_replay(graph->operators());
    lose_device_at(number.launch, stream->device());
    const Fault* fault = find_fault("replay-fails");
    if (fault != nullptr && number.replay >= fault->count) {
        return stream->append("aclmdlRIExecuteAsync", [] { throw TaskError{kModelExecute, "injected"}; });
    }
    return stream->append("aclmdlRIExecuteAsync", [graph] { graph->run(); });
}

aclError destroy(aclmdlRI handle) {
    std::shared_ptr<Graph> graph = find_graph(handle);
    if (graph == nullptr) {
        return unknown(handle, "aclmdlRIDestroy");
    }
    if (!graph->is_sealed()) {
        return fail(kModelCaptured, "aclmdlRIDestroy of a graph whose capture has not ended");
    }
    // The table and this function hold a reference each, and so does every replay that is queued or running.
    auto deadline = std::chrono::steady_clock::now() + kDestroyTimeout;
    while (graph.use_count() > 2) {
        if (std::chrono::steady_clock::now() > deadline) {
            return fail(kModelRunning, "aclmdlRIDestroy of a graph that is still running");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    remove_graph(handle);
    return ACL_SUCCESS;
}

}  // namespace

}  // namespace sim

extern "C" {

aclError aclmdlRIExecuteAsync(aclmdlRI handle, aclrtStream stream) {
    std::shared_ptr<sim::Graph> graph = sim::find_graph(handle);
    return graph == nullptr ? sim::unknown(handle, "aclmdlRIExecuteAsync") : sim::replay(graph, stream);
}

aclError aclmdlRIDestroy(aclmdlRI handle) { return sim::destroy(handle); }

}  // extern "C"
