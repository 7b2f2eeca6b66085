/** The tf namespace: re-exports only. */
export * from './ops/constants';
export * from './ops/elementwise';
export * from './ops/matmul';
export { Graph, Operation, Tensor, IndexedSlices, getDefaultGraph, type ScalarTensor } from './graph/graph';
import './graph/algebra';
export * from './gradients';
export { Session, InteractiveSession } from './session/session';
export * from './base/dtype';
