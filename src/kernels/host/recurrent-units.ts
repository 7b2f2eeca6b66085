/** Gated recurrent units, a step as one op, in plain TypeScript. */
import { float32 } from '../../base/dtype';
import { type HostKernel, type HostTable, host } from '../kernel';
import { type Shaped, besides, columns, floats, product, same, sigmoid, sumOf } from './float-rows';
import { withShortFloats } from './operands';

function checkUnits([x, h, w, wc, b, bc]: readonly Shaped[]): void {
  const [batch, depth] = x.shape;
  const size = h.shape[1];
  same('h_prev.dims(0)', h.shape[0], batch, 'batch_size');
  same('w_ru.dim_size(0)', w.shape[0], depth + size, 'input_size + cell_size');
  same('w_ru.dim_size(1)', w.shape[1], 2 * size, 'cell_size * 2');
  same('w_c.dim_size(0)', wc.shape[0], depth + size, 'input_size + cell_size');
  same('w_c.dim_size(1)', wc.shape[1], size, 'cell_size');
  same('b_ru.dim_size(0)', b.shape[0], 2 * size, 'cell_size * 2');
  same('b_c.dim_size(0)', bc.shape[0], size, 'cell_size');
}
const units: HostKernel = (inputs) => {
  const [{ shape }, { shape: state }] = inputs;
  const [[batch, depth], size] = [shape, state[1]];
  const [x, before, w, wc, b, bc] = inputs.map(floats);
  const gates = product(besides(x, before, batch), w, batch, depth + size, 2 * size).map((v, i) =>
    sigmoid(Math.fround(v + b[i % (2 * size)])),
  );
  const [r, u] = [columns(gates, batch, 0, size), columns(gates, batch, size, size)];
  const reset = before.map((v, i) => v * r[i]);
  const c = product(besides(x, reset, batch), wc, batch, depth + size, size).map((v, i) => Math.tanh(v + bc[i % size]));
  const h = u.map((v, i) => v * (before[i] - c[i]) + c[i]);
  return [r, u, c, h].map((data) => host(float32, [batch, size], data));
};
const unitsGrad: HostKernel = (inputs) => {
  const [{ shape }, { shape: state }] = inputs;
  const [[batch, depth], size] = [shape, state[1]];
  const [, before, w, wc, , , r, u, c, dh] = inputs.map(floats);
  const dc = dh.map((v, i) => v * (1 - u[i]) * (1 - c[i] * c[i]));
  const du = dh.map((v, i) => v * (before[i] - c[i]) * (u[i] * (1 - u[i])));
  const second = product(dc, wc, batch, size, depth + size, 'b');
  const dReset = columns(second, batch, depth, size);
  const dr = dReset.map((v, i) => v * before[i] * (r[i] * (1 - r[i])));
  const gates = besides(dr, du, batch);
  const first = product(gates, w, batch, 2 * size, depth + size, 'b');
  const dx = sumOf(columns(first, batch, 0, depth), columns(second, batch, 0, depth));
  const dBefore = columns(first, batch, depth, size).map((v, i) => v + dReset[i] * r[i] + dh[i] * u[i]);
  return [
    host(float32, [batch, depth], dx),
    host(float32, [batch, size], dBefore),
    host(float32, [batch, size], dc),
    host(float32, [batch, 2 * size], gates),
  ];
};

export const RECURRENT_UNITS_KERNELS: HostTable = withShortFloats({
  GRUBlockCell: { only: true, run: units, check: checkUnits, cost: 40 },
  GRUBlockCellGrad: { only: true, run: unitsGrad, check: checkUnits, cost: 40 },
});
