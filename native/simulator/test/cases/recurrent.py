"""Recurrent layers, using the functions with flat weights that both Python's modules and libtorch's call."""
import torch
from torch import nn

from cases.attention import weights
from cases.case import case, real


def recurrent():
    x = real(5, 3, 4)
    for name, kind in (("lstm", nn.LSTM), ("gru", nn.GRU)):
        for label, options in (("", {}), (" no bias", {"bias": False}), (" layers", {"num_layers": 2}),
                               (" both directions", {"bidirectional": True}),
                               (" layers, both directions", {"bidirectional": True, "num_layers": 3}),
                               (" batch first", {"batch_first": True})):
            layer = kind(4, 6, **options)
            states = (layer.num_layers * (1 + layer.bidirectional), 5 if layer.batch_first else 3, 6)
            parameters = [real(*p.shape) * 0.4 for p in layer.parameters()]
            case(name + label, all_outputs(layer), x, real(*states), real(*states), *parameters)
        layer = kind(4, 6)
        parameters = [real(*p.shape) * 0.4 for p in layer.parameters()]
        case(name + " last step", last_step(layer), x, real(1, 3, 6), real(1, 3, 6), *parameters)
        case(name + " without gradients", lambda *a, m=layer: all_outputs(m)(*(t.detach() for t in a)), x,
             real(1, 3, 6), real(1, 3, 6), *parameters)
    state = real(3, 6)
    for cell, function in ((nn.GRUCell(4, 6), torch.gru_cell), (nn.RNNCell(4, 6), torch.rnn_tanh_cell)):
        case(type(cell).__name__, lambda a, h, *w, f=function: f(a[0], h, *w), x, state, *weights(cell))
    case("LSTMCell", lambda a, h, *w: torch.cat(torch.lstm_cell(a[0], (h, h * 0.5), *w)), x, state,
         *weights(nn.LSTMCell(4, 6)))
    case("rnn", lambda a, h, *w: torch.rnn_tanh(a, h, w, True, 1, 0.0, True, False, False)[0], x, real(1, 3, 6),
         *weights(nn.RNN(4, 6)))


def run(layer, x, h, c, parameters):
    """Returns output and last states of a layer like LAYER with these inputs, states and weights."""
    options = (layer.bias, layer.num_layers, 0.0, True, layer.bidirectional, layer.batch_first)
    if isinstance(layer, nn.LSTM):
        return torch.lstm(x, (h, c), parameters, *options)
    return torch.gru(x, h + 0.1 * c, parameters, *options)


def all_outputs(layer):
    return lambda x, h, c, *w: torch.cat([t.flatten() for t in run(layer, x, h, c, w)])


def last_step(layer):
    """Uses only the output's last step, as a classifier does, so that the states get no gradient."""
    return lambda x, h, c, *w: run(layer, x, h, c, w)[0][-1]
