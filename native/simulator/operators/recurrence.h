// The steps of an LSTM and a GRU layer in one direction, forward and backward, as the aclop and aclnn operators share
// them. X has shape (time, batch, features), every other sequence (time, batch, hidden).
#pragma once

#include "operator.h"

namespace sim {

/** A layer's parameters: gates = [x, h] weight + bias, weight of shape (features + hidden, 4 hidden). */
struct LstmLayer {
    Tensor weight, bias, h0, c0;
    MaybeTensor mask;  // of shape (time, batch, hidden); where 0, the state stays and the output is 0
    bool reversed = false;
};

/** Of each step: output, states, gates (input, candidate, forget, output) and tanh of the cell state. */
struct LstmSteps {
    Tensor y, h, c, i, j, f, o, tanhc;
};

struct LstmGradients {
    Tensor weight, bias, x, h0, c0;
};

LstmSteps lstm(const Tensor& x, const LstmLayer& layer);

/** Gradients of all outputs (GRAD_Y) and of the last states. */
LstmGradients lstm_backward(const Tensor& x, const LstmLayer& layer, const LstmSteps& steps, const Tensor& grad_y,
                            const Tensor& grad_h, const Tensor& grad_c);

/** Gates in the order reset, update, new; weights of shape (features, 3 hidden) and (hidden, 3 hidden). */
struct GruLayer {
    Tensor weight_x, weight_h, bias_x, bias_h, h0;
};

struct GruSteps {
    Tensor h, update, reset, candidate, hidden;  // hidden: the candidate's share of the last state
};

struct GruGradients {
    Tensor weight_x, weight_h, bias_x, bias_h, x, h0;
};

GruSteps gru(const Tensor& x, const GruLayer& layer);

GruGradients gru_backward(const Tensor& x, const GruLayer& layer, const GruSteps& steps, const Tensor& grad_y,
                          const Tensor& grad_h);

}  // namespace sim
