import type { Cell } from './layout.js';

// The three cells, one time step at a time: everything between the matrix products. B batch, H hidden, G gates.
// Each works in place on the step's rows of its buffers:
//   gates     (B, G·H)  before: x W_xh + b (+ h W_hh);  after forward: activations;  after backward: their gradients
//   recurrent (B, G·H)  the GRU's h W_hh, which its reset gate needs apart; the other cells add it into gates
//   previous, hidden, cellState, ...  (B, H) windows, at the offset given
// A backward stands under its forward and takes the same arguments, then the gradients.

/** One time step of a layer: where its rows begin in each flat buffer. */
export interface CellStep {
  readonly batch: number;
  readonly hiddenSize: number;
  readonly gates: Float64Array;
  readonly recurrent: Float64Array;
  readonly hidden: Float64Array; // (T+1, B, H)
  readonly cellState: Float64Array; // (T+1, B, H), LSTM
  /** b_hn (H), GRU. */
  readonly candidateBias: Float64Array;
}

/** What backward adds: gradients of this step's outputs, turned into those of the step before. */
export interface CellGradients {
  /** (B, H): in, of the hidden state; out, what reaches the previous one past the matrix product. */
  readonly hidden: Float64Array;
  /** (B, H): in, of the cell state; out, of the previous one. LSTM. */
  readonly cellState: Float64Array;
  /** (H): accumulates. GRU. */
  readonly candidateBias: Float64Array;
}

export type CellForward = (step: CellStep, t: number) => void;
export type CellBackward = (step: CellStep, t: number, gradients: CellGradients) => void;

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Twice as fast as Math.tanh, and exact enough: its absolute error is that of the exponential. */
function tanh(x: number): number {
  return 1 - 2 / (Math.exp(2 * x) + 1);
}

/**
 * LSTM (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000).
 * i, f, o = sigmoid, g = tanh; c' = f c + i g; h' = o tanh(c').
 */
function forwardLstm({ batch, hiddenSize: H, gates, hidden, cellState }: CellStep, t: number): void {
  for (let b = 0; b < batch; b++) {
    const row = (t * batch + b) * 4 * H;
    const before = (t * batch + b) * H;
    const after = before + batch * H;
    for (let j = 0; j < H; j++) {
      const i = sigmoid(gates[row + j]);
      const f = sigmoid(gates[row + H + j]);
      const g = tanh(gates[row + 2 * H + j]);
      const o = sigmoid(gates[row + 3 * H + j]);
      const c = f * cellState[before + j] + i * g;
      gates[row + j] = i;
      gates[row + H + j] = f;
      gates[row + 2 * H + j] = g;
      gates[row + 3 * H + j] = o;
      cellState[after + j] = c;
      hidden[after + j] = o * tanh(c);
    }
  }
}

function backwardLstm(step: CellStep, t: number, gradients: CellGradients): void {
  const { batch, hiddenSize: H, gates, cellState } = step;
  const { hidden: dHidden, cellState: dCell } = gradients;
  for (let b = 0; b < batch; b++) {
    const row = (t * batch + b) * 4 * H;
    const before = (t * batch + b) * H;
    const after = before + batch * H;
    for (let j = 0; j < H; j++) {
      const i = gates[row + j];
      const f = gates[row + H + j];
      const g = gates[row + 2 * H + j];
      const o = gates[row + 3 * H + j];
      const squashed = tanh(cellState[after + j]);
      const dh = dHidden[b * H + j];
      const dc = dCell[b * H + j] + dh * o * (1 - squashed * squashed);
      gates[row + j] = dc * g * i * (1 - i);
      gates[row + H + j] = dc * cellState[before + j] * f * (1 - f);
      gates[row + 2 * H + j] = dc * i * (1 - g * g);
      gates[row + 3 * H + j] = dh * squashed * o * (1 - o);
      dCell[b * H + j] = dc * f;
      dHidden[b * H + j] = 0;
    }
  }
}

/**
 * GRU (Cho et al. 2014) with the reset gate after the product, as cuDNN has it, so that one product serves all gates.
 * r, u = sigmoid; n = tanh(x W_xn + b_n + r (h W_hn + b_hn)); h' = (1 - u) n + u h.
 */
function forwardGru(step: CellStep, t: number): void {
  const { batch, hiddenSize: H, gates, recurrent, hidden, candidateBias } = step;
  for (let b = 0; b < batch; b++) {
    const row = (t * batch + b) * 3 * H;
    const before = (t * batch + b) * H;
    const after = before + batch * H;
    for (let j = 0; j < H; j++) {
      const r = sigmoid(gates[row + j] + recurrent[row + j]);
      const u = sigmoid(gates[row + H + j] + recurrent[row + H + j]);
      const q = recurrent[row + 2 * H + j] + candidateBias[j];
      const n = tanh(gates[row + 2 * H + j] + r * q);
      gates[row + j] = r;
      gates[row + H + j] = u;
      gates[row + 2 * H + j] = n;
      recurrent[row + 2 * H + j] = q;
      hidden[after + j] = (1 - u) * n + u * hidden[before + j];
    }
  }
}

function backwardGru(step: CellStep, t: number, gradients: CellGradients): void {
  const { batch, hiddenSize: H, gates, recurrent, hidden } = step;
  const { hidden: dHidden, candidateBias: dBias } = gradients;
  for (let b = 0; b < batch; b++) {
    const row = (t * batch + b) * 3 * H;
    const before = (t * batch + b) * H;
    for (let j = 0; j < H; j++) {
      const r = gates[row + j];
      const u = gates[row + H + j];
      const n = gates[row + 2 * H + j];
      const q = recurrent[row + 2 * H + j];
      const dh = dHidden[b * H + j];
      const dn = dh * (1 - u) * (1 - n * n);
      const du = dh * (hidden[before + j] - n) * u * (1 - u);
      const dr = dn * q * r * (1 - r);
      const dq = dn * r;
      gates[row + j] = recurrent[row + j] = dr;
      gates[row + H + j] = recurrent[row + H + j] = du;
      gates[row + 2 * H + j] = dn;
      recurrent[row + 2 * H + j] = dq;
      dBias[j] += dq;
      dHidden[b * H + j] = dh * u;
    }
  }
}

/** Vanilla RNN (Elman 1990): h' = tanh(x W_xh + h W_hh + b). */
function forwardRnn({ batch, hiddenSize: H, gates, hidden }: CellStep, t: number): void {
  const start = t * batch * H;
  const after = start + batch * H;
  for (let j = 0; j < batch * H; j++) hidden[after + j] = tanh(gates[start + j]);
}

function backwardRnn(
  { batch, hiddenSize: H, gates, hidden }: CellStep,
  t: number,
  gradients: CellGradients,
): void {
  const start = t * batch * H;
  const after = start + batch * H;
  for (let j = 0; j < batch * H; j++) {
    gates[start + j] = gradients.hidden[j] * (1 - hidden[after + j] * hidden[after + j]);
    gradients.hidden[j] = 0;
  }
}

export const forwardOf: Readonly<Record<Cell, CellForward>> = {
  lstm: forwardLstm,
  gru: forwardGru,
  rnn: forwardRnn,
};

export const backwardOf: Readonly<Record<Cell, CellBackward>> = {
  lstm: backwardLstm,
  gru: backwardGru,
  rnn: backwardRnn,
};
