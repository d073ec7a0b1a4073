#pragma once
#include "vector.h"

// The three cells, for W units of one row of the batch at one time step: everything between the matrix products.
// `gates` holds the pre-activations of one panel, W units of each gate, and is overwritten by the activations, then
// by their gradients. A backward stands under its forward and takes the same arguments, then the gradients.

struct Unit {
  float* gates;         // (G·W)
  float* recurrent;     // (3·W), the GRU's h W_hh; elsewhere it is part of gates
  const float* before;  // (W), hidden state of the step before
  float* after;         // (W), hidden state of this step
  const float* cellBefore;  // (W), LSTM
  float* cellAfter;         // (W), LSTM
  float* squashed;          // (W), LSTM: tanh of the cell state
  const float* candidateBias;  // (W), GRU
};

struct UnitGradients {
  const float* above;   // (W), of the hidden state, from the layer above
  float* hidden;        // (W), in: of the hidden state, from the step after; out: of the one before, past the product
  float* cell;          // (W), likewise of the cell state, LSTM
  float* candidateBias; // (W), accumulates, GRU
};

// i, f, o = sigmoid, g = tanh; c' = f c + i g; h' = o tanh(c')  (Hochreiter and Schmidhuber 1997, Gers et al. 2000)
INLINE void forwardLstm(const Unit& u) {
  const Vec di = sigmoidDenominator(load(u.gates));
  const Vec df = sigmoidDenominator(load(u.gates + W));
  const Vec dg = tanhDenominator(load(u.gates + 2 * W));
  const Vec d_o = sigmoidDenominator(load(u.gates + 3 * W));
  // One division for four.
  const Vec iF = di * df, gO = dg * d_o;
  const Vec inverse = 1.0f / (iF * gO);
  const Vec inverseIf = inverse * gO, inverseGo = inverse * iF;
  const Vec i = inverseIf * df, f = inverseIf * di;
  const Vec g = 1.0f - 2.0f * (inverseGo * d_o), o = inverseGo * dg;
  const Vec c = f * load(u.cellBefore) + i * g;
  const Vec s = hyperbolicTangent(c);
  store(u.gates, i);
  store(u.gates + W, f);
  store(u.gates + 2 * W, g);
  store(u.gates + 3 * W, o);
  store(u.cellAfter, c);
  store(u.squashed, s);
  store(u.after, o * s);
}

INLINE void backwardLstm(const Unit& u, const UnitGradients& d) {
  const Vec i = load(u.gates), f = load(u.gates + W), g = load(u.gates + 2 * W), o = load(u.gates + 3 * W);
  const Vec s = load(u.squashed);
  const Vec dh = load(d.above) + load(d.hidden);
  const Vec dc = load(d.cell) + dh * o * (1.0f - s * s);
  store(u.gates, dc * g * i * (1.0f - i));
  store(u.gates + W, dc * load(u.cellBefore) * f * (1.0f - f));
  store(u.gates + 2 * W, dc * i * (1.0f - g * g));
  store(u.gates + 3 * W, dh * s * o * (1.0f - o));
  store(d.cell, dc * f);
  store(d.hidden, splat(0));
}

// r, u = sigmoid; n = tanh(x W_xn + b_n + r (h W_hn + b_hn)); h' = (1 - u) n + u h  (Cho et al. 2014, as in cuDNN)
INLINE void forwardGru(const Unit& u) {
  const Vec dr = sigmoidDenominator(load(u.gates) + load(u.recurrent));
  const Vec du = sigmoidDenominator(load(u.gates + W) + load(u.recurrent + W));
  const Vec inverse = 1.0f / (dr * du);
  const Vec r = inverse * du, z = inverse * dr;
  const Vec q = load(u.recurrent + 2 * W) + load(u.candidateBias);
  const Vec n = hyperbolicTangent(load(u.gates + 2 * W) + r * q);
  store(u.gates, r);
  store(u.gates + W, z);
  store(u.gates + 2 * W, n);
  store(u.recurrent + 2 * W, q);
  store(u.after, n + z * (load(u.before) - n));
}

INLINE void backwardGru(const Unit& u, const UnitGradients& d) {
  const Vec r = load(u.gates), z = load(u.gates + W), n = load(u.gates + 2 * W);
  const Vec q = load(u.recurrent + 2 * W);
  const Vec dh = load(d.above) + load(d.hidden);
  const Vec dn = dh * (1.0f - z) * (1.0f - n * n);
  const Vec dz = dh * (load(u.before) - n) * z * (1.0f - z);
  const Vec dr = dn * q * r * (1.0f - r);
  const Vec dq = dn * r;
  store(u.gates, dr);
  store(u.gates + W, dz);
  store(u.gates + 2 * W, dn);
  store(u.recurrent, dr);
  store(u.recurrent + W, dz);
  store(u.recurrent + 2 * W, dq);
  store(d.candidateBias, load(d.candidateBias) + dq);
  store(d.hidden, dh * z);
}

// h' = tanh(x W_xh + h W_hh + b)  (Elman 1990)
INLINE void forwardRnn(const Unit& u) { store(u.after, hyperbolicTangent(load(u.gates))); }

INLINE void backwardRnn(const Unit& u, const UnitGradients& d) {
  const Vec h = load(u.after);
  store(u.gates, (load(d.above) + load(d.hidden)) * (1.0f - h * h));
  store(d.hidden, splat(0));
}
