"""Corrections to torch's headers that the presets need, made on copies that come first on the include path."""
import sys

API = "torch/csrc/api/include/"

# (header, text that it holds once, replacement)
EDITS = (
    # The generated code names the alias from outside the class; TORCH_ARG before it ends with private members.
    (API + "torch/nn/options/pooling.h",
     "using ExpandingArrayDouble = torch::ExpandingArray<D, double>;\n  TORCH_ARG(",
     "public: using ExpandingArrayDouble = torch::ExpandingArray<D, double>;\n  TORCH_ARG("),
    # The presets map the constructor without an argument.
    ("ATen/TensorIndexing.h", "TensorIndex(std::nullopt_t) :", "TensorIndex(std::nullopt_t none = None) :"),
    # Data set templates ask every reader for these two names.
    (API + "torch/data/datasets/chunk.h",
     "using ExampleType = ExampleType_;\n",
     "using ExampleType = ExampleType_;\n  using BatchType = ChunkType;\n  using DataType = ExampleType;\n"),
    # A friend that is declared in its class only is found by argument type, not by the qualified name that is generated.
    (API + "torch/nn/module.h",
     "/// Serialize a `Module` pointer into an `OutputArchive`.",
     "TORCH_API std::ostream& operator<<(std::ostream& stream, const nn::Module& module);\n\n"
     "/// Serialize a `Module` pointer into an `OutputArchive`."),
)


def write_overlay(include, overlay):
    """Writes the corrected headers and gives the include folders to put in front of torch's."""
    for header, text, replacement in EDITS:
        source = (include / header).read_text()
        if source.count(text) != 1:
            sys.exit(f"{include / header}: expected once, found {source.count(text)} times: {text!r}")
        target = overlay / header
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.replace(text, replacement))
    return [overlay / API, overlay]
