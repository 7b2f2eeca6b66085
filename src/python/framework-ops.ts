/**
 * `tensorflow.python.framework.ops`: what `tf` has of graphs. Re-exports only.
 *
 * @module
 */
export {
  addToCollection,
  addToCollections,
  colocateWith,
  controlDependencies,
  convertToTensor,
  device,
  executingEagerly,
  getCollection,
  getCollectionRef,
  getDefaultGraph,
  initScope,
  nameScope,
  resetDefaultGraph,
} from '../control/framework';
export { NoGradient, NotDifferentiable, RegisterGradient } from '../gradients';
export { Graph, IndexedSlices, Operation, Tensor } from '../graph/graph';
export { GraphKeys } from '../graph/keys';
export { getDefaultSession } from '../session/session';
