"""How a case is written."""
import torch
import torch_npu

CASES = []
ALL = ("fp32", "fp16", "bf16")
generator = torch.Generator().manual_seed(1)


def case(name, function, *inputs, types=("fp32",), exact=False):
    """Adds a case: FUNCTION of tensors like INPUTS; the floating ones are cast to each of TYPES and get gradients."""
    CASES.append((name, function, inputs, types, exact))


def first_generation():
    """True on Ascend910A, for which some operators have no aclnn form."""
    return not torch_npu.npu.is_bf16_supported()


def real(*shape):
    return torch.randn(shape, generator=generator)


def positive(*shape):
    return torch.rand(shape, generator=generator) + 0.5


def whole(*shape, high=10, dtype=torch.int64):
    return torch.randint(0, high, shape, generator=generator).to(dtype)


def strided(*shape):
    """A transposed slice with an offset: nothing about it is contiguous."""
    return real(shape[1] + 1, 2 * shape[0])[1:, ::2].t()
