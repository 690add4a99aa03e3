// The handles of graphs in the C interface. A handle is never reused.
#pragma once

#include "graph.h"

#include <acl/acl.h>

#include <memory>

namespace sim {

aclmdlRI add_graph(std::shared_ptr<Graph> graph);

/** Returns the graph with HANDLE, or nullptr. */
std::shared_ptr<Graph> find_graph(aclmdlRI handle);

void remove_graph(aclmdlRI handle);

}  // namespace sim
