#include "graph_handle.h"

#include <map>
#include <mutex>

namespace sim {

namespace {

std::mutex graphs_mutex;

std::map<aclmdlRI, std::shared_ptr<Graph>>& graphs() {
    static auto* all = new std::map<aclmdlRI, std::shared_ptr<Graph>>;
    return *all;
}

}  // namespace

aclmdlRI add_graph(std::shared_ptr<Graph> graph) {
    static uintptr_t number = 0;
    std::lock_guard<std::mutex> lock(graphs_mutex);
    auto handle = reinterpret_cast<aclmdlRI>(++number);
    graphs()[handle] = std::move(graph);
    return handle;
}

std::shared_ptr<Graph> find_graph(aclmdlRI handle) {
    std::lock_guard<std::mutex> lock(graphs_mutex);
    auto found = graphs().find(handle);
    return found == graphs().end() ? nullptr : found->second;
}

void remove_graph(aclmdlRI handle) {
    std::lock_guard<std::mutex> lock(graphs_mutex);
    graphs().erase(handle);
}

}  // namespace sim
