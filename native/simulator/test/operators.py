"""Operator parity: every operator that the project uses, on npu against cpu, forward and backward.

Runs inside with-simulated-cann; prints a line for each difference and exits 1 if there is one.
    with-simulated-cann -- VENV/bin/python operators.py [--types fp32,fp16,bf16] [NAME...]
"""
import argparse
import sys
import traceback

import torch
import torch_npu

from cases import all_cases

TYPES = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}
BOUNDS = {torch.float32: 1e-5, torch.float16: 2e-3, torch.bfloat16: 1.6e-2}


def run(function, inputs, dtype, device):
    """Returns the result and gradients of FUNCTION, on the CPU in fp32."""
    arguments = []
    for value in inputs:
        value = value.clone() if value.is_contiguous() else value
        if value.is_floating_point():
            value = value.to(dtype).to(device)
            arguments.append(value.detach().requires_grad_())
        else:
            arguments.append(value.to(device))
    result = function(*arguments)
    gradients = []
    if result.requires_grad:
        weights = torch.linspace(-1, 1, result.numel()).reshape(result.shape).to(result.dtype).to(result.device)
        result.backward(weights)
        gradients = [a.grad for a in arguments if a.grad is not None]
    return [t.detach().cpu() for t in (result, *gradients)]


def difference(expected, found, dtype, exact):
    for which, (a, b) in enumerate(zip(expected, found)):
        if a.dtype != b.dtype or a.shape != b.shape:
            return f"output {which}: expected {a.dtype} {tuple(a.shape)}, found {b.dtype} {tuple(b.shape)}"
        if exact:
            if not torch.equal(a, b):
                return f"output {which} is not equal"
            continue
        a, b = a.double(), b.double()
        scale = max(1.0, a.abs().nan_to_num(0, 0, 0).max().item()) if a.numel() else 1.0
        if not torch.allclose(a, b, rtol=BOUNDS[dtype], atol=BOUNDS[dtype] * scale, equal_nan=True):
            return f"output {which} differs by {(a - b).abs().max().item():.3g}"
    return None if len(expected) == len(found) else "another number of gradients"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--types", default="fp32,fp16,bf16")
    parser.add_argument("names", nargs="*")
    arguments = parser.parse_args()
    torch_npu.npu.config.allow_internal_format = False
    torch_npu.npu.set_compile_mode(jit_compile=False)
    torch.npu.set_device(0)
    allowed = arguments.types.split(",")
    count = failures = 0
    for name, function, inputs, types, exact in all_cases():
        if arguments.names and not any(n in name for n in arguments.names):
            continue
        for label in types:
            if label not in allowed:
                continue
            count += 1
            try:
                expected = run(function, inputs, TYPES[label], "cpu")
                problem = difference(expected, run(function, inputs, TYPES[label], "npu"), TYPES[label], exact)
            except Exception as error:
                problem = str(error).splitlines()[0][:300]
                if "507015" in problem:
                    sys.exit(f"FAILED {name} {label}: {problem}; the stream is lost")
                if arguments.names:
                    traceback.print_exc()
            if problem:
                failures += 1
                print(f"FAILED {name} {label}: {problem}")
    print(f"{count} cases, {failures} failures")
    sys.exit(1 if failures or not count else 0)


if __name__ == "__main__":
    main()
