"""Attention and the layers of a transformer."""
import torch
import torch.nn.functional as F
from torch import nn
from torch.func import functional_call

from cases.case import case, real


def attention():
    queries, keys, values = real(2, 3, 6, 4), real(2, 3, 5, 4), real(2, 3, 5, 4)
    hidden = real(2, 1, 6, 5) > 0.7
    case("attention", F.scaled_dot_product_attention, queries, keys, values, types=("fp32", "fp16", "bf16"))
    case("attention causal", lambda q: F.scaled_dot_product_attention(q, q, q * 0.5, is_causal=True), queries,
         types=("fp32", "fp16"))
    case("attention mask", lambda q, k, v: F.scaled_dot_product_attention(q, k, v, ~hidden.to(q.device)), queries, keys,
         values, types=("fp32", "fp16"))
    case("attention added mask", lambda q, k, v, m: F.scaled_dot_product_attention(q, k, v, m.detach()), queries, keys,
         values, real(2, 3, 6, 5))
    case("attention scale", lambda q, k, v: F.scaled_dot_product_attention(q, k, v, scale=0.3), queries, keys, values)
    case("attention three axes", lambda q: F.scaled_dot_product_attention(q, q, q), real(3, 6, 4))


def transformer():
    torch.manual_seed(2)
    x = real(6, 2, 8)
    padded = torch.zeros(2, 6, dtype=torch.bool)
    padded[1, 4:] = True
    for batch_first in (False, True):
        for mode in ("train", "eval"):
            layer = nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0, batch_first=batch_first).train(mode == "train")
            at = f"{'batch first' if batch_first else 'time first'} {mode}"
            case("encoder layer " + at, applied(layer), x, *weights(layer))
            case("encoder layer padding " + at,
                 applied(layer, lambda a, first=batch_first: {"src_key_padding_mask": padding(padded, a, first)}), x,
                 *weights(layer))
    case("encoder layer gelu", applied(make := nn.TransformerEncoderLayer(
        8, 2, 16, dropout=0.0, activation="gelu", norm_first=True)), x, *weights(make))
    heads = nn.MultiheadAttention(8, 2)
    case("multi head", lambda a, *w: functional_call(heads, named(heads, w), (a, a, a))[0], x, *weights(heads))
    case("multi head no weights",
         lambda a, *w: functional_call(heads, named(heads, w), (a, a, a), {"need_weights": False})[0], x,
         *weights(heads))
    decoder = nn.TransformerDecoderLayer(8, 2, 16, dropout=0.0)
    case("decoder layer", lambda a, b, *w: functional_call(decoder, named(decoder, w), (a, b)), x, real(5, 2, 8),
         *weights(decoder))

    def fast(a):  # without gradients, when PyTorch may use its fused encoder layer
        torch.manual_seed(3)
        encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), 2).eval().to(a.device)
        with torch.no_grad():
            return encoder(a)

    case("encoder fast path", fast, x)


def padding(mask, x, batch_first):
    """MASK for batch-first data of 2 sequences of 6; time-first data of the same shape has 6 sequences of 2."""
    return (mask.t().contiguous() if batch_first else mask).to(x.device)


def weights(module):
    return [p.detach().clone() for p in module.parameters()]


def named(module, values):
    return {name: value for (name, _), value in zip(module.named_parameters(), values)}


def applied(module, arguments=lambda a: {}):
    """Returns MODULE as a function of its input and parameters."""
    return lambda a, *w: functional_call(module, named(module, w), (a,), arguments(a))
