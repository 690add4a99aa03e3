// A traced graph as text.
#pragma once

#include <torch/csrc/jit/ir/ir.h>

#include <string>
#include <vector>

namespace ascend4j {

// Returns the graph as JSON: {"inputs": ids, "nodes": [{"kind", "scope", "inputs", "outputs", "shapes", "types", "value"}], "output": id}.
std::string trace_json(const torch::jit::Graph& graph);

// Returns the tensors among the graph's constants, in the order of their indices in the JSON.
std::vector<at::Tensor> trace_constants(const torch::jit::Graph& graph);

}  // namespace ascend4j
