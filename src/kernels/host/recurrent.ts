/** Steps of recurrent nets as one op, and whole nets, in plain TypeScript. */
import { float32 } from '../../base/dtype';
import { type HostKernel, type HostTable, type HostTensor, type KernelNode, attr, host } from '../kernel';
import { type Floats, besides, columns, floats, product, sigmoid, sumOf } from './float-rows';
import { withShortFloats } from './operands';
import { checkCell, checkNet, isOdd, stepsOf } from './recurrent-checks';

/** Sums of columns, added to what is there. */
function addColumns(x: Floats, to: Floats): void {
  for (let i = 0; i < x.length; i++) to[i % to.length] += x[i];
}
/** Where the gates are in the columns of an LSTM's weights: input, value, forgetting, output. */
interface Order {
  readonly i: number;
  readonly ci: number;
  readonly f: number;
  readonly o: number;
}
const ICFO: Order = { i: 0, ci: 1, f: 2, o: 3 };
const IFCO: Order = { i: 0, ci: 2, f: 1, o: 3 };
interface Sizes {
  readonly batch: number;
  readonly depth: number;
  readonly size: number;
}
interface Weights {
  readonly w: Floats;
  readonly b: Floats;
  /** What the gates see of the memory, or null. */
  readonly peepholes: { readonly i: Floats; readonly f: Floats; readonly o: Floats } | null;
}
/** What a step gives, in the order of its outputs. */
interface Kept {
  readonly i: Floats;
  readonly cs: Floats;
  readonly f: Floats;
  readonly o: Floats;
  readonly ci: Floats;
  readonly co: Floats;
  readonly h: Floats;
}

/** One step of an LSTM, into `to`. */
function step(x: Floats, before: Floats, h: Floats, weights: Weights, s: Sizes, how: How, to: Kept): void {
  const { batch, depth, size } = s;
  const { w, b, peepholes: see } = weights;
  const gates = product(besides(x, h, batch), w, batch, depth + size, 4 * size);
  const { order } = how;
  for (let row = 0, k = 0; row < batch; row++)
    for (let c = 0; c < size; c++, k++) {
      const gate = (which: number): number => Math.fround(gates[(4 * row + which) * size + c] + b[which * size + c]);
      const memory = before[k];
      to.i[k] = sigmoid(gate(order.i) + (see ? memory * see.i[c] : 0));
      to.ci[k] = Math.tanh(gate(order.ci));
      to.f[k] = sigmoid(gate(order.f) + how.forgetBias + (see ? memory * see.f[c] : 0));
      const next = to.ci[k] * to.i[k] + memory * to.f[k];
      to.cs[k] = how.clip > 0 ? Math.min(how.clip, Math.max(-how.clip, next)) : next;
      to.co[k] = Math.tanh(to.cs[k]);
      to.o[k] = sigmoid(gate(order.o) + (see ? to.cs[k] * see.o[c] : 0));
      to.h[k] = to.o[k] * to.co[k];
    }
}
interface How {
  readonly order: Order;
  readonly forgetBias: number;
  readonly clip: number;
}
interface Back {
  /** By the memory before. */
  readonly before: Floats;
  /** By the four gates, side by side. */
  readonly gates: Floats;
}
/** What a step gives back; what comes to the peepholes is added to `sums`. */
function stepBack(
  kept: Kept,
  before: Floats,
  csGrad: Floats,
  hGrad: Floats,
  { peepholes: see }: Weights,
  { batch, size }: Sizes,
  order: Order,
  sums: readonly [i: Floats, f: Floats, o: Floats],
): Back {
  const [out, gates] = [new Float32Array(batch * size), new Float32Array(4 * batch * size)];
  for (let row = 0, k = 0; row < batch; row++)
    for (let c = 0; c < size; c++, k++) {
      const [i, cs, f, o, ci, co] = [kept.i[k], kept.cs[k], kept.f[k], kept.o[k], kept.ci[k], kept.co[k]];
      const dO = o * (1 - o) * hGrad[k] * co;
      const dcs = (1 - co * co) * hGrad[k] * o + csGrad[k] + (see ? dO * see.o[c] : 0);
      const dci = (1 - ci * ci) * dcs * i;
      const df = f * (1 - f) * dcs * before[k];
      const di = i * (1 - i) * dcs * ci;
      const put = (which: number, value: number): void => {
        gates[(4 * row + which) * size + c] = value;
      };
      put(order.i, di);
      put(order.ci, dci);
      put(order.f, df);
      put(order.o, dO);
      out[k] = dcs * f + (see ? di * see.i[c] + df * see.f[c] : 0);
      if (!see) continue;
      sums[0][c] += di * before[k];
      sums[1][c] += df * before[k];
      sums[2][c] += dO * cs;
    }
  return { before: out, gates };
}

function weightsOf([w, wci, wcf, wco, b]: readonly HostTensor[], node: KernelNode): Weights {
  const [i, f, o] = [wci, wcf, wco].map(floats);
  const see = attr(node, 'use_peephole', 'bool');
  return { w: floats(w), b: floats(b), peepholes: see ? { i, f, o } : null };
}
/** A step's part of what all steps give; `h` may be missing where nothing asks for it. */
function keptAt(all: readonly Floats[], at: number, length: number): Kept {
  const [i, cs, f, o, ci, co, h] = all.map((x) => x.subarray(at, at + length));
  return { i, cs, f, o, ci, co, h };
}
/** What comes to the gates of input, forgetting and output from what they see of the memory. */
const noSums = (size: number): [i: Floats, f: Floats, o: Floats] => [
  new Float32Array(size),
  new Float32Array(size),
  new Float32Array(size),
];
const outputs = (length: number): Floats[] => Array.from({ length: 7 }, () => new Float32Array(length));

const cell: HostKernel = (inputs, node) => {
  const [x, cs, h, ...rest] = inputs;
  const [batch, depth] = x.shape;
  const size = cs.shape[1];
  const outs = outputs(batch * size);
  const how = { order: ICFO, forgetBias: attr(node, 'forget_bias'), clip: attr(node, 'cell_clip', 'float') };
  const s = { batch, depth, size };
  step(floats(x), floats(cs), floats(h), weightsOf(rest, node), s, how, keptAt(outs, 0, batch * size));
  return outs.map((data) => host(float32, [batch, size], data));
};
const cellGrad: HostKernel = (inputs, node) => {
  const [x, cs] = inputs;
  const [batch, depth] = x.shape;
  const size = cs.shape[1];
  const kept = keptAt(inputs.slice(8, 14).map(floats), 0, batch * size);
  const sums = noSums(size);
  const [csGrad, hGrad] = inputs.slice(14).map(floats);
  const weights = weightsOf(inputs.slice(3, 8), node);
  const back = stepBack(kept, floats(cs), csGrad, hGrad, weights, { batch, depth, size }, ICFO, sums);
  return [
    host(float32, [batch, size], back.before),
    host(float32, [batch, 4 * size], back.gates),
    ...sums.map((data) => host(float32, [size], data)),
  ];
};

const net =
  (order: Order): HostKernel =>
  (inputs, node) => {
    const [longest, x, cs, h, ...rest] = inputs;
    const [time, batch, depth] = x.shape;
    const size = cs.shape[1];
    const [s, n] = [{ batch, depth, size }, batch * size];
    const outs = outputs(time * n);
    const forgetBias = order === ICFO ? attr(node, 'forget_bias') : 0;
    const how = { order, forgetBias, clip: attr(node, 'cell_clip', 'float') };
    const [weights, xs] = [weightsOf(rest, node), floats(x)];
    let [memory, output] = [floats(cs), floats(h)];
    for (let t = 0; t < stepsOf(longest, time); t++) {
      const to = keptAt(outs, t * n, n);
      step(xs.subarray(t * batch * depth, (t + 1) * batch * depth), memory, output, weights, s, how, to);
      [memory, output] = [to.cs, to.h];
    }
    return outs.map((data) => host(float32, [time, batch, size], data));
  };
/** Back from the last step to the first. */
const netGrad =
  (order: Order): HostKernel =>
  (inputs, node) => {
    const [longest, x, cs, h, ...rest] = inputs;
    const [time, batch, depth] = x.shape;
    const size = cs.shape[1];
    const [s, n, m] = [{ batch, depth, size }, batch * size, batch * depth];
    const weights = weightsOf(rest.slice(0, 5), node);
    const [xs, kept] = [floats(x), inputs.slice(9, 16).map(floats)];
    const [csGrad, hGrad] = inputs.slice(16).map(floats);
    const sums = noSums(size);
    const [dx, dw, db] = [x.shape.reduce((a, b) => a * b, 1), (depth + size) * 4 * size, 4 * size].map(
      (length) => new Float32Array(length),
    );
    let [dcs, dh]: [Floats, Floats] = [new Float32Array(n), new Float32Array(n)];
    for (let t = stepsOf(longest, time) - 1; t >= 0; t--) {
      const [from, to] = [t * n, (t + 1) * n];
      const before = t ? kept[1].subarray(from - n, from) : floats(cs);
      const output = t ? kept[6].subarray(from - n, from) : floats(h);
      const [dMemory, dOutput] = [sumOf(csGrad.subarray(from, to), dcs), sumOf(hGrad.subarray(from, to), dh)];
      const back = stepBack(keptAt(kept, from, n), before, dMemory, dOutput, weights, s, order, sums);
      const both = product(back.gates, weights.w, batch, 4 * size, depth + size, 'b');
      dx.set(columns(both, batch, 0, depth), t * m);
      [dcs, dh] = [back.before, columns(both, batch, depth, size)];
      const input = besides(xs.subarray(t * m, (t + 1) * m), output, batch);
      product(input, back.gates, depth + size, batch, 4 * size, 'a').forEach((v, i) => {
        dw[i] += v;
      });
      addColumns(back.gates, db);
    }
    const results = [dx, dcs, dh, dw, ...sums, db];
    return [x, cs, h, ...rest.slice(0, 5)].map(({ shape }, i) => host(float32, shape, results[i]));
  };

const NET = { check: checkNet, leftToHost: isOdd, elements: [0], cost: 40 };
export const RECURRENT_KERNELS: HostTable = withShortFloats({
  LSTMBlockCell: { only: true, run: cell, check: checkCell, cost: 40 },
  LSTMBlockCellGrad: { only: true, run: cellGrad, check: checkCell, cost: 40 },
  BlockLSTM: { run: net(ICFO), ...NET },
  BlockLSTMGrad: { run: netGrad(ICFO), ...NET },
  BlockLSTMV2: { run: net(IFCO), ...NET },
  BlockLSTMGradV2: { run: netGrad(IFCO), ...NET },
});
