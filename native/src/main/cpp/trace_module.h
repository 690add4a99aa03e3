// A traced graph as a TorchScript module.
#pragma once

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/ir/ir.h>

#include <string>
#include <vector>

namespace ascend4j {

// Returns a module with these weights whose forward method computes the graph. The graph's inputs are the module's one
// input and then the weights, whose dotted names are given one per line; `trained` has a 1 for each parameter and a 0
// for each buffer.
torch::jit::Module trace_module(
    torch::jit::Graph& graph, const std::string& names, const std::string& trained, const std::vector<at::Tensor>& weights);

}  // namespace ascend4j
