/**
 * What takes the place of several ops where a device has one kernel for them: TensorFlow's rewriter makes these, and
 * the pass of src/plan/passes/fuse.ts. Nobody makes them by hand, so they have no function and no gradient.
 */
import type { Rows } from '../graph/opdef';
import { CONV } from './conv';
import { MATMUL } from './matmul';

export const FUSED = {
  _FusedMatMul: {
    grows: 'shapes',
    shape: MATMUL['MatMul'].shape,
  },
  _FusedConv2D: {
    grows: 'shapes',
    shape: CONV['Conv2D'].shape,
  },
} satisfies Rows;
