#include "trace_module.h"

#include <c10/util/Exception.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace ascend4j {

namespace {

using torch::jit::Module;
using torch::jit::Value;

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) {
    parts.push_back(part);
  }
  return parts;
}

Module new_module(const c10::QualifiedName& name, const std::shared_ptr<torch::jit::CompilationUnit>& unit) {
  Module module(name, unit);
  // Python's ScriptModule expects this attribute in every module.
  module.register_attribute("training", c10::BoolType::get(), false);
  return module;
}

// Returns the module below `module` that contains a dotted name; creates missing modules.
Module owner(Module module, const std::vector<std::string>& path) {
  for (size_t i = 0; i + 1 < path.size(); i++) {
    if (!module.hasattr(path[i])) {
      c10::QualifiedName name(*module.type()->name(), "_" + path[i]);
      module.register_module(path[i], new_module(name, module._ivalue()->compilation_unit()));
    }
    module = module.attr(path[i]).toModule();
  }
  return module;
}

}  // namespace

Module trace_module(
    torch::jit::Graph& graph, const std::string& names, const std::string& trained, const std::vector<at::Tensor>& weights) {
  auto unit = std::make_shared<torch::jit::CompilationUnit>();
  Module root = new_module(c10::QualifiedName("__torch__.Network"), unit);
  auto paths = split(names, '\n');
  TORCH_CHECK(paths.size() == weights.size() && trained.size() == weights.size(), "each weight expects a name and a kind");
  for (size_t i = 0; i < weights.size(); i++) {
    auto path = split(paths[i], '.');
    owner(root, path).register_parameter(path.back(), weights[i], trained[i] == '0');
  }
  auto copy = graph.copy();
  TORCH_CHECK(copy->inputs().size() == weights.size() + 1, "the graph expects ", copy->inputs().size() - 1, " weights");
  Value* self = copy->insertInput(0, "self")->setType(root.type());
  torch::jit::WithInsertPoint point(*copy->nodes().begin());
  for (size_t i = weights.size(); i-- > 0;) {
    Value* input = copy->inputs().at(2 + i);
    auto path = split(paths[i], '.');
    if (input->hasUses()) {
      Value* value = self;
      for (const auto& part : path) {
        value = copy->insertGetAttr(value, part);
      }
      input->replaceAllUsesWith(value);
    }
    copy->eraseInput(2 + i);
  }
  auto* forward = unit->create_function(c10::QualifiedName(*root.type()->name(), "forward"), copy);
  root.type()->addMethod(forward);
  return root;
}

}  // namespace ascend4j
