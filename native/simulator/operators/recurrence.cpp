#include "recurrence.h"

namespace sim {

namespace {

/** Returns the index of the I-th of LENGTH steps in the layer's direction. */
int64_t step(int64_t i, int64_t length, bool reversed) { return reversed ? length - 1 - i : i; }

Tensor sequence(const Tensor& x, const Tensor& state) { return at::zeros({x.size(0), x.size(1), state.size(-1)}); }

/** Returns the mask of a step; without a mask, every element counts. */
Tensor counted(const MaybeTensor& mask, int64_t t) { return mask ? (*mask)[t] : at::ones({}); }

}  // namespace

LstmSteps lstm(const Tensor& x, const LstmLayer& layer) {
    LstmSteps all;
    for (Tensor* each : {&all.y, &all.h, &all.c, &all.i, &all.j, &all.f, &all.o, &all.tanhc}) {
        *each = sequence(x, layer.h0);
    }
    Tensor h = layer.h0, c = layer.c0;
    for (int64_t n = 0; n < x.size(0); ++n) {
        int64_t t = step(n, x.size(0), layer.reversed);
        auto gates = at::addmm(layer.bias, at::cat({x[t], h}, 1), layer.weight).chunk(4, 1);
        all.i[t] = gates[0].sigmoid();
        all.f[t] = gates[1].sigmoid();
        all.j[t] = gates[2].tanh();
        all.o[t] = gates[3].sigmoid();
        Tensor new_c = all.f[t] * c + all.i[t] * all.j[t];
        all.tanhc[t] = new_c.tanh();
        Tensor new_h = all.o[t] * all.tanhc[t];
        Tensor m = counted(layer.mask, t);
        all.y[t] = m * new_h;
        all.h[t] = m * new_h + (1 - m) * h;
        all.c[t] = m * new_c + (1 - m) * c;
        h = all.h[t];
        c = all.c[t];
    }
    return all;
}

LstmGradients lstm_backward(const Tensor& x, const LstmLayer& layer, const LstmSteps& all, const Tensor& grad_y,
                            const Tensor& grad_h, const Tensor& grad_c) {
    LstmGradients gradients{at::zeros_like(layer.weight), at::zeros_like(layer.bias), at::zeros_like(x), grad_h,
                            grad_c};
    int64_t features = x.size(2), length = x.size(0);
    Tensor &dh = gradients.h0, &dc = gradients.c0;
    for (int64_t n = length - 1; n >= 0; --n) {
        int64_t t = step(n, length, layer.reversed), last = step(n - 1, length, layer.reversed);
        Tensor h = n == 0 ? layer.h0 : all.h[last], c = n == 0 ? layer.c0 : all.c[last];
        Tensor i = all.i[t], j = all.j[t], f = all.f[t], o = all.o[t], tanhc = all.tanhc[t];
        Tensor m = counted(layer.mask, t);
        Tensor d_new_h = m * (grad_y[t] + dh);
        Tensor d_new_c = m * dc + d_new_h * o * (1 - tanhc * tanhc);
        Tensor d_gates = at::cat({d_new_c * j * i * (1 - i), d_new_c * c * f * (1 - f), d_new_c * i * (1 - j * j),
                                  d_new_h * tanhc * o * (1 - o)}, 1);
        Tensor d_input = at::mm(d_gates, layer.weight.t());
        gradients.weight += at::mm(at::cat({x[t], h}, 1).t(), d_gates);
        gradients.bias += d_gates.sum(0);
        gradients.x[t] = d_input.narrow(1, 0, features);
        dh = d_input.narrow(1, features, h.size(1)) + (1 - m) * dh;
        dc = d_new_c * f + (1 - m) * dc;
    }
    return gradients;
}

GruSteps gru(const Tensor& x, const GruLayer& layer) {
    GruSteps all;
    for (Tensor* each : {&all.h, &all.update, &all.reset, &all.candidate, &all.hidden}) {
        *each = sequence(x, layer.h0);
    }
    Tensor h = layer.h0;
    for (int64_t t = 0; t < x.size(0); ++t) {
        auto of_x = at::addmm(layer.bias_x, x[t], layer.weight_x).chunk(3, 1);
        auto of_h = at::addmm(layer.bias_h, h, layer.weight_h).chunk(3, 1);
        all.reset[t] = (of_x[0] + of_h[0]).sigmoid();
        all.update[t] = (of_x[1] + of_h[1]).sigmoid();
        all.hidden[t] = of_h[2];
        all.candidate[t] = (of_x[2] + all.reset[t] * of_h[2]).tanh();
        all.h[t] = (1 - all.update[t]) * all.candidate[t] + all.update[t] * h;
        h = all.h[t];
    }
    return all;
}

GruGradients gru_backward(const Tensor& x, const GruLayer& layer, const GruSteps& all, const Tensor& grad_y,
                          const Tensor& grad_h) {
    GruGradients gradients{at::zeros_like(layer.weight_x), at::zeros_like(layer.weight_h), at::zeros_like(layer.bias_x),
                           at::zeros_like(layer.bias_h), at::zeros_like(x), grad_h};
    for (int64_t t = x.size(0) - 1; t >= 0; --t) {
        Tensor h = t == 0 ? layer.h0 : all.h[t - 1];
        Tensor z = all.update[t], r = all.reset[t], n = all.candidate[t];
        Tensor dh = grad_y[t] + gradients.h0;
        Tensor dn = dh * (1 - z) * (1 - n * n);
        Tensor dr = dn * all.hidden[t] * r * (1 - r);
        Tensor dz = dh * (h - n) * z * (1 - z);
        Tensor of_x = at::cat({dr, dz, dn}, 1), of_h = at::cat({dr, dz, dn * r}, 1);
        gradients.weight_x += at::mm(x[t].t(), of_x);
        gradients.weight_h += at::mm(h.t(), of_h);
        gradients.bias_x += of_x.sum(0);
        gradients.bias_h += of_h.sum(0);
        gradients.x[t] = at::mm(of_x, layer.weight_x.t());
        gradients.h0 = dh * z + at::mm(of_h, layer.weight_h.t());
    }
    return gradients;
}

}  // namespace sim
