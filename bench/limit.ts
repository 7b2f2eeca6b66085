/** The limit: matrix products of the sizes a step has, alone on the device, from device memory to device memory. */
import { float32 } from '../src/base/dtype';
import { openDevice } from '../src/kernels/devices';
import { Value } from '../src/kernels/kernel';
import '../src/ops/matmul';
import { weights } from './data';
import { type Bench, serve } from './serve';

const device = openDevice();
const kernel = device.kernelFor({ type: 'MatMul', name: 'MatMul', attrs: { transpose_a: false, transpose_b: false, T: float32 }, outputTypes: [float32], state: null }, [float32, float32])!;

/** Parameters are m0, k0, n0, m1, …: see `limitParams` in main.ts. */
void serve(() => (params): Bench => {
  const matrix = (rows: number, columns: number): Value => new Value(float32, [rows, columns], weights(rows, rows * columns, 0.1));
  const products: Value[][] = [];
  for (let i = 0; `m${i}` in params; i++) products.push([matrix(params[`m${i}`], params[`k${i}`]), matrix(params[`k${i}`], params[`n${i}`])]);
  return {
    step() {
      for (const operands of products) for (const value of kernel(operands, undefined as never)) device.free(value);
      return null;
    },
  };
}, () => ({}));
