/**
 * What takes the place of several ops where a device has one kernel for them: TensorFlow's rewriter makes these, and
 * the pass of src/plan/passes/fuse.ts. Nobody makes them by hand, so they have no function and no gradient.
 */
import { type OpTable, registerOps } from '../graph/opdef';
import { CONV } from './conv';
import { MATMUL } from './matmul';

const WHAT = ['num_args: int >= 0', 'fused_ops: list(string) = []', 'epsilon: float = 0.0001'];

export const FUSED: OpTable = {
  _FusedMatMul: {
    sig: 'a: T, b: T, args: num_args * T -> product: T',
    attrs: ['transpose_a: bool = false', 'transpose_b: bool = false', 'T: {float}', ...WHAT],
    shape: MATMUL['MatMul'].shape,
  },
  _FusedConv2D: {
    sig: 'input: T, filter: T, args: num_args * T -> output: T',
    attrs: [
      'T: {float, double}',
      'strides: list(int)',
      "padding: {'SAME', 'VALID', 'EXPLICIT'}",
      'explicit_paddings: list(int) = []',
      "data_format: {'NHWC', 'NCHW'} = 'NHWC'",
      'dilations: list(int) = [1, 1, 1, 1]',
      'use_cudnn_on_gpu: bool = true',
      ...WHAT,
    ],
    shape: CONV['Conv2D'].shape,
  },
};
registerOps(FUSED);
