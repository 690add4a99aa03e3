// Records the operators of a forward pass as a graph, with libtorch's own tracer (torch.jit.trace).
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace ascend4j {

// Starts recording when it is constructed, and records this thread's operators until finish() or its destruction.
class Trace {
 public:
  // The graph's inputs are `input`, then `weights`, distinguished by their identity.
  Trace(const at::Tensor& input, const std::vector<at::Tensor>& weights);
  ~Trace();
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;

  // Sets the module to which the next operators belong.
  void scope(const std::string& module);

  // Ends the recording; the graph computes `output`.
  void finish(const at::Tensor& output);

  // Returns the graph as JSON: inputs, nodes in order, the id of the output. Tensors among its constants are
  // represented by their index.
  std::string json() const;
  std::vector<at::Tensor> constants() const;

  // Turns the constant whose id is `value` into `factor` times the input's first extent.
  void follow_batch(int64_t value, int64_t factor);

  // Runs the graph.
  at::Tensor run(const at::Tensor& input, const std::vector<at::Tensor>& weights) const;

  // Returns the content of a TorchScript file. `names` has the weights' dotted names, one per line; `trained` has a 1
  // for each parameter and a 0 for each buffer.
  std::vector<uint8_t> torch_script(const std::string& names, const std::string& trained, const std::vector<at::Tensor>& weights,
                                    const std::string& metadata) const;

 private:
  struct Recorded;
  std::unique_ptr<Recorded> recorded_;
  bool recording_ = true;
};

}  // namespace ascend4j
