"""The definition of cases."""
import torch
import torch_npu

CASES = []
ALL = ("fp32", "fp16", "bf16")
generator = torch.Generator().manual_seed(1)


def case(name, function, *inputs, types=("fp32",), exact=False):
    """Adds a case: a FUNCTION of tensors like INPUTS; floating-point inputs are cast to each of TYPES, with gradients."""
    CASES.append((name, function, inputs, types, exact))


def first_generation():
    """Returns True on Ascend910A, for which some operators have no aclnn form."""
    return not torch_npu.npu.is_bf16_supported()


def real(*shape):
    return torch.randn(shape, generator=generator)


def positive(*shape):
    return torch.rand(shape, generator=generator) + 0.5


def whole(*shape, high=10, dtype=torch.int64):
    return torch.randint(0, high, shape, generator=generator).to(dtype)


def strided(*shape):
    """Returns a transposed slice with an offset, which is not contiguous in any dimension."""
    return real(shape[1] + 1, 2 * shape[0])[1:, ::2].t()
