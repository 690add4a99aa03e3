// The steps of an LSTM layer and a GRU layer in one direction, forward and backward, which the aclop and aclnn
// operators share. X has shape (time, batch, features), every other sequence (time, batch, hidden).
#pragma once

#include "operator.h"

namespace sim {

/** A layer's parameters: gates = [x, h] weight + bias, weight of shape (features + hidden, 4 hidden). */
struct LstmLayer {
    Tensor weight, bias, h0, c0;
    MaybeTensor mask;  // of shape (time, batch, hidden); where it is 0, the state is kept and the output is 0
    bool reversed = false;
};

/** For each step: output, states, gates (input, candidate, forget, output) and tanh of the cell state. */
struct LstmSteps {
    Tensor y, h, c, i, j, f, o, tanhc;
};

struct LstmGradients {
    Tensor weight, bias, x, h0, c0;
};

LstmSteps lstm(const Tensor& x, const LstmLayer& layer);

/** Computes the backward pass from the gradients of all outputs (GRAD_Y) and of the last states. */
LstmGradients lstm_backward(const Tensor& x, const LstmLayer& layer, const LstmSteps& steps, const Tensor& grad_y,
                            const Tensor& grad_h, const Tensor& grad_c);

/**
 * A layer's parameters: gates in the order reset, update, new; weights of shape (features, 3 hidden) and (hidden, 3
 * hidden).
 */
struct GruLayer {
    Tensor weight_x, weight_h, bias_x, bias_h, h0;
};

struct GruSteps {
    Tensor h, update, reset, candidate, hidden;  // hidden: the last state's contribution to the candidate
};

struct GruGradients {
    Tensor weight_x, weight_h, bias_x, bias_h, x, h0;
};

GruSteps gru(const Tensor& x, const GruLayer& layer);

GruGradients gru_backward(const Tensor& x, const GruLayer& layer, const GruSteps& steps, const Tensor& grad_y,
                          const Tensor& grad_h);

}  // namespace sim
