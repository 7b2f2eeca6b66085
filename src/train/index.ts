/**
 * `tf.train`: optimizers, rates that fall, and the counter of steps.
 *
 * @module
 */
export { AdadeltaOptimizer, type AdadeltaOptions } from './adadelta';
export { AdagradOptimizer, type AdagradOptions } from './adagrad';
export { AdagradDAOptimizer, type AdagradDAOptions } from './adagrad-da';
export { AdamOptimizer, type AdamOptions } from './adam';
export type {
  ApplyGradientsOptions,
  ComputeGradientsOptions,
  GateGradients,
  GradAndVar,
  Gradient,
  Hyperparameter,
  MinimizeOptions,
  OptimizerOptions,
} from './arguments';
export * from './cluster';
export { Coordinator, type ErrorClass, type Worker as CoordinatedWorker } from './coordinator';
export {
  type DecayOptions,
  cosineDecay,
  exponentialDecay,
  inverseTimeDecay,
  naturalExpDecay,
  polynomialDecay,
} from './decay';
export { cosineDecayRestarts, linearCosineDecay, noisyLinearCosineDecay } from './decay-waves';
export { FtrlOptimizer, type FtrlOptions } from './ftrl';
export { assertGlobalStep, createGlobalStep, getGlobalStep, getOrCreateGlobalStep, globalStep } from './global-step';
export { exportMetaGraph } from './graphs/export-meta-graph';
export { importMetaGraph } from './graphs/import-meta-graph';
export { type GraphLike, writeGraph } from './graphs/files';
export { GradientDescentOptimizer } from './gradient-descent';
export { MomentumOptimizer, type MomentumOptions } from './momentum';
export { type Averaged, ExponentialMovingAverage } from './moving-average';
export { Optimizer } from './optimizer';
export { piecewiseConstant, piecewiseConstantDecay } from './piecewise';
export {
  ProximalAdagradOptimizer,
  type ProximalAdagradOptions,
  ProximalGradientDescentOptimizer,
  type ProximalOptions,
} from './proximal';
export * as queueRunner from './queue-runner';
export { QueueRunner, type QueueRunnerDef, addQueueRunner, startQueueRunners } from './queue-runner';
export type { QueueThread } from './queue-thread';
export { RMSPropOptimizer, type RMSPropOptions } from './rmsprop';
export { summaryIterator } from './summary-iterator';
export {
  Example,
  type ExampleGiven,
  FeatureList,
  type FeatureListGiven,
  FeatureLists,
  type FeatureListsGiven,
  Features,
  type FeaturesGiven,
  SequenceExample,
  type SequenceExampleGiven,
} from '../format/example';
export {
  BytesList,
  type BytesListGiven,
  Feature,
  type FeatureGiven,
  FloatList,
  type FloatListGiven,
  Int64List,
  type Int64ListGiven,
} from '../format/feature';
export {
  type Assigned,
  type AssignmentMap,
  initFromCheckpoint,
  type BackupInitializer,
  VocabInfo,
  warmStart,
  type CheckpointReader,
  type CheckpointState,
  type CheckpointTime,
  checkpointExists,
  checkpointsIterator,
  generateCheckpointStateProto,
  getCheckpointMtimes,
  getCheckpointState,
  latestCheckpoint,
  listVariables,
  loadCheckpoint,
  loadVariable,
  NewCheckpointReader,
  type NodeOptions,
  removeCheckpoint,
  type Saveable,
  type SaveableObject,
  Saver,
  type SaverBuilder,
  type SaverDef,
  type SaveSpec,
  updateCheckpointState,
  type VarList,
} from './saver/index';
