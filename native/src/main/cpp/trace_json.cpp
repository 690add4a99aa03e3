#include "trace_json.h"

#include <torch/csrc/jit/ir/constants.h>

#include <cmath>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace ascend4j {

namespace {

using torch::jit::Node;
using torch::jit::Value;

std::string quoted(const std::string& text) {
  std::ostringstream out;
  out << '"';
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out << '\\' << c;
    } else {
      out << (static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
    }
  }
  out << '"';
  return out.str();
}

template <typename Range, typename Write>
void list(std::ostream& out, const Range& range, Write write) {
  out << '[';
  const char* separator = "";
  for (const auto& item : range) {
    out << separator;
    separator = ",";
    write(item);
  }
  out << ']';
}

// JSON has no infinities: they are written as text, which a reader parses as a number. A double keeps its decimal
// point, which distinguishes it from an integer.
void number(std::ostream& out, double value) {
  if (!std::isfinite(value)) {
    out << quoted(std::isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    return;
  }
  std::ostringstream text;
  text.precision(17);
  text << std::scientific << value;
  out << text.str();
}

void literal(std::ostream& out, const c10::IValue& value, size_t& tensors) {
  if (value.isTensor()) {
    out << "{\"tensor\":" << tensors++ << '}';
  } else if (value.isBool()) {
    out << (value.toBool() ? "true" : "false");
  } else if (value.isInt()) {
    out << value.toInt();
  } else if (value.isDouble()) {
    number(out, value.toDouble());
  } else if (value.isString()) {
    out << quoted(value.toStringRef());
  } else if (value.isIntList()) {
    list(out, value.toIntVector(), [&](int64_t item) { out << item; });
  } else if (value.isDoubleList()) {
    list(out, value.toDoubleVector(), [&](double item) { number(out, item); });
  } else if (value.isBoolList()) {
    list(out, value.toBoolList().vec(), [&](bool item) { out << (item ? "true" : "false"); });
  } else {
    out << "null";
  }
}

void ids(std::ostream& out, c10::ArrayRef<const Value*> values) {
  list(out, values, [&](const Value* value) { out << value->unique(); });
}

void shape(std::ostream& out, const Value* value) {
  auto type = value->type()->cast<c10::TensorType>();
  auto sizes = type ? type->sizes().concrete_sizes() : std::nullopt;
  if (sizes) {
    list(out, *sizes, [&](int64_t size) { out << size; });
  } else {
    out << "null";
  }
}

void element_type(std::ostream& out, const Value* value) {
  auto type = value->type()->cast<c10::TensorType>();
  if (type && type->scalarType()) {
    out << quoted(c10::toString(*type->scalarType()));
  } else {
    out << "null";
  }
}

void values(std::ostream& out, c10::ArrayRef<const Value*> range) {
  ids(out, range);
  out << ",\"shapes\":";
  list(out, range, [&](const Value* value) { shape(out, value); });
  out << ",\"types\":";
  list(out, range, [&](const Value* value) { element_type(out, value); });
}

std::optional<c10::IValue> constant(const Node* node) {
  return node->kind() == c10::prim::Constant ? torch::jit::toIValue(node->output()) : std::nullopt;
}

void write(std::ostream& out, const Node* node, size_t& tensors) {
  out << "{\"kind\":" << quoted(node->kind().toQualString()) << ",\"scope\":" << quoted(node->scopeName()) << ",\"inputs\":";
  ids(out, node->inputs());
  out << ",\"outputs\":";
  values(out, node->outputs());
  if (node->kind() == c10::prim::Constant) {
    out << ",\"value\":";
    literal(out, constant(node).value_or(c10::IValue()), tensors);
  }
  out << '}';
}

}  // namespace

std::string trace_json(const torch::jit::Graph& graph) {
  std::ostringstream out;
  size_t tensors = 0;
  out << "{\"inputs\":";
  values(out, graph.inputs());
  out << ",\"nodes\":";
  list(out, graph.nodes(), [&](const Node* node) { write(out, node, tensors); });
  out << ",\"output\":" << graph.outputs().at(0)->unique() << '}';
  return out.str();
}

std::vector<at::Tensor> trace_constants(const torch::jit::Graph& graph) {
  std::vector<at::Tensor> tensors;
  for (const Node* node : graph.nodes()) {
    auto value = constant(node);
    if (value && value->isTensor()) {
      tensors.push_back(value->toTensor());
    }
  }
  return tensors;
}

}  // namespace ascend4j
