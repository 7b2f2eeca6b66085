/**
 * `tf.train`: optimizers, rates that fall, checkpoints, input out of queues, and sessions that are watched while they
 * train.
 *
 * @module
 */
export * from '../train';
export {
  batch,
  batchJoin,
  type BatchJoinOptions,
  type BatchOptions,
  maybeBatch,
  maybeBatchJoin,
  maybeShuffleBatch,
  maybeShuffleBatchJoin,
  shuffleBatch,
  shuffleBatchJoin,
  type ShuffleBatchJoinOptions,
  type ShuffleBatchOptions,
} from '../input/batching';
export type { Batched, Component, Components } from '../input/batches';
export {
  inputProducer,
  limitEpochs,
  matchFilenamesOnce,
  type Produced,
  rangeInputProducer,
  sliceInputProducer,
  type SliceOptions,
  stringInputProducer,
} from '../input/producers';
export { basicTrainLoop, type TrainStepFn } from './basic-loop';
export { ChiefSessionCreator, SessionCreator, WorkerSessionCreator } from './creators';
export { type Hook, SessionRunArgs, SessionRunContext, SessionRunHook, SessionRunValues } from './hook';
export { type Formatter, LoggingTensorHook, type Printed } from './logging-hook';
export { LooperThread, type Target } from './looper';
export { MonitoredSession, SingularMonitoredSession, type StepContext, type StepFn } from './monitored';
export { type FeedFn, FeedFnHook, FinalOpsHook, ProfilerHook } from './more-hooks';
export { CheckpointSaverHook, CheckpointSaverListener, type Listener } from './saving-hook';
export { Server } from '../distributed/server';
export { type InitOp, Scaffold, type ScaffoldInit } from './scaffold';
export { SessionManager } from './session-manager';
export { GlobalStepWaiterHook, NanLossDuringTrainingError, NanTensorHook, StopAtStepHook } from './stop-hooks';
export { StepCounterHook, SummarySaverHook } from './summary-hooks';
export { SummaryWriter } from './summary-writer';
export { type ManagedOptions, Supervisor } from './supervisor';
export { SyncReplicasOptimizer } from './sync-replicas';
export { type Elapsed, SecondOrStepTimer } from './timer';
export { MonitoredTrainingSession, type TrainingSessionOptions } from './training-session';
