"""What operators.py compares, by topic."""
from cases.case import CASES
from cases.layers import convolution, losses, normalisation, pooling, resampling
from cases.pointwise import arithmetic, comparison, elementwise
from cases.tensors import casting, indexing, reduction, shape
from cases.training import lists, optimisers

TOPICS = (arithmetic, elementwise, comparison, convolution, pooling, normalisation, losses, reduction, shape, indexing,
          casting, resampling, lists, optimisers)


def all_cases():
    """Returns (name, function, inputs, types, whether the results must be equal to the bit) of each case."""
    for topic in TOPICS:
        topic()
    return CASES
