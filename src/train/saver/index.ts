/** Checkpoints, and what is kept beside them. */
export type { CheckpointTime, SaverBuilder } from './arguments';
export { Saver } from './saver';
export type { SaveSpec, Saveable, SaveableObject, VarList } from './saveables';
export type { NodeOptions, SaverDef } from './nodes';
export { type CheckpointReader, NewCheckpointReader, listVariables, loadCheckpoint, loadVariable } from './reader';
export {
  type CheckpointState,
  checkpointExists,
  generateCheckpointStateProto,
  getCheckpointMtimes,
  getCheckpointState,
  latestCheckpoint,
  removeCheckpoint,
  updateCheckpointState,
} from './state';
export { checkpointsIterator } from './iterator';
export { type Assigned, type AssignmentMap, initFromCheckpoint } from './init-from';
export { type BackupInitializer, VocabInfo } from './vocabulary';
export { warmStart } from './warm-start';
