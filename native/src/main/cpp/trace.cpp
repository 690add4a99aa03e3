#include "trace.h"

#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/frontend/tracer.h>
#include <torch/csrc/jit/ir/ir.h>
#include <torch/csrc/jit/passes/dead_code_elimination.h>

#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include "guarded.h"
#include "trace_json.h"
#include "trace_module.h"

namespace ascend4j {

namespace {

namespace jit = torch::jit;
namespace tracer = torch::jit::tracer;

void add_input(tracer::TracingState& state, const at::Tensor& tensor) {
  TORCH_CHECK(tensor.defined(), "a trace expects defined tensors");
  jit::Value* value = state.graph->addInput();
  value->setType(c10::TensorType::create(tensor));
  // A weight with two names is one tensor; its second input stays unused.
  if (!state.hasValue(tensor)) {
    state.setValue(tensor, value);
  }
}

// Inserts an operator that computes an integer.
jit::Value* integer(jit::Graph& graph, c10::Symbol kind, at::ArrayRef<jit::Value*> inputs) {
  return graph.insertNode(graph.create(kind, inputs))->output()->setType(c10::IntType::get());
}

jit::Value* constant(jit::Graph& graph, int64_t value) {
  jit::Value* output = integer(graph, c10::prim::Constant, {});
  output->node()->i_(c10::attr::value, value);
  return output;
}

// Returns the tensors without gradients: modules below do not keep them, and a TorchScript file cannot store them.
std::vector<at::Tensor> detached(const std::vector<at::Tensor>& tensors) {
  std::vector<at::Tensor> values;
  for (const auto& tensor : tensors) {
    values.push_back(tensor.detach());
  }
  return values;
}

}  // namespace

struct Trace::Recorded {
  std::shared_ptr<jit::Graph> graph;
};

Trace::Trace(const at::Tensor& input, const std::vector<at::Tensor>& weights) {
  guarded([&] {
    TORCH_CHECK(!tracer::isTracing(), "a trace is underway on this thread already");
    auto state = std::make_shared<tracer::TracingState>();
    state->warn = false;
    // In-place operators are recorded as their out-of-place forms, because formats without aliases have no others.
    state->force_outplace = true;
    add_input(*state, input);
    for (const auto& tensor : weights) {
      add_input(*state, tensor);
    }
    recorded_ = std::make_unique<Recorded>(Recorded{state->graph});
    tracer::setTracingState(std::move(state));
  });
}

Trace::~Trace() {
  if (recording_) {
    tracer::abandon();
  }
}

void Trace::scope(const std::string& module) {
  guarded([&] {
    auto root = c10::make_intrusive<jit::Scope>();
    recorded_->graph->set_current_scope(module.empty() ? root : root->push(c10::Symbol::fromQualString("scope::" + module)));
  });
}

void Trace::finish(const at::Tensor& output) {
  guarded([&] {
    auto state = tracer::getTracingState();
    TORCH_CHECK(recording_ && state, "no trace is underway on this thread");
    TORCH_CHECK(output.defined() && state->hasValue(output), "the output was not computed from the trace's input");
    recorded_->graph->registerOutput(state->getOutput(output, 0));
    tracer::setTracingState(nullptr);
    recording_ = false;
    jit::EliminateDeadCode(recorded_->graph);
  });
}

std::string Trace::json() const {
  return guarded([&] { return trace_json(*recorded_->graph); });
}

std::vector<at::Tensor> Trace::constants() const {
  return guarded([&] { return trace_constants(*recorded_->graph); });
}

void Trace::follow_batch(int64_t value, int64_t factor) {
  guarded([&] {
    auto& graph = *recorded_->graph;
    for (jit::Node* node : graph.nodes()) {
      if (node->outputs().size() == 1 && static_cast<int64_t>(node->output()->unique()) == value) {
        jit::WithInsertPoint point(node);
        jit::Value* batch = integer(graph, c10::aten::size, {graph.inputs().at(0), constant(graph, 0)});
        jit::Value* multiple = factor == 1 ? batch : integer(graph, c10::aten::mul, {batch, constant(graph, factor)});
        node->output()->replaceAllUsesWith(multiple);
        node->destroy();
        return;
      }
    }
    TORCH_CHECK(false, "the trace has no constant ", value);
  });
}

at::Tensor Trace::run(const at::Tensor& input, const std::vector<at::Tensor>& weights) const {
  return guarded([&] {
    std::string names;
    for (size_t i = 0; i < weights.size(); i++) {
      names += "w" + std::to_string(i) + "\n";
    }
    auto module = trace_module(*recorded_->graph, names, std::string(weights.size(), '0'), detached(weights));
    return module.forward({input}).toTensor();
  });
}

std::vector<uint8_t> Trace::torch_script(const std::string& names, const std::string& trained, const std::vector<at::Tensor>& weights,
                                         const std::string& metadata) const {
  return guarded([&] {
    std::ostringstream file;
    trace_module(*recorded_->graph, names, trained, detached(weights)).save(file, {{"metadata.json", metadata}});
    std::string bytes = file.str();
    return std::vector<uint8_t>(bytes.begin(), bytes.end());
  });
}

}  // namespace ascend4j
