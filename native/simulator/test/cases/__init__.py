"""The cases that operators.py compares, by topic."""
from cases.activations import activations
from cases.attention import attention, transformer
from cases.case import CASES
from cases.layers import convolution, normalisation, resampling
from cases.losses import losses
from cases.pointwise import arithmetic, comparison, elementwise
from cases.pooling import pooling
from cases.recurrent import recurrent
from cases.tensors import casting, indexing, reduction, shape
from cases.training import lists, optimisers

TOPICS = (arithmetic, elementwise, activations, comparison, convolution, pooling, normalisation, losses, attention,
          transformer, recurrent, reduction, shape, indexing, casting, resampling, lists, optimisers)


def all_cases():
    """Returns (name, function, inputs, types, whether the results must have the same bits) for each case."""
    for topic in TOPICS:
        topic()
    return CASES
