/** Op types that no row of test/fixtures/ops has, and where they stand. */
import { inDatasets } from './dataset-types';

const ON_QUEUES =
  'QueueEnqueue QueueEnqueueV2 QueueEnqueueMany QueueEnqueueManyV2 QueueDequeue QueueDequeueV2 ' +
  'QueueDequeueMany QueueDequeueManyV2 QueueDequeueUpTo QueueDequeueUpToV2 QueueClose QueueCloseV2 ' +
  'QueueIsClosed QueueIsClosedV2 QueueSize QueueSizeV2 FIFOQueue FIFOQueueV2 PaddingFIFOQueue ' +
  'PaddingFIFOQueueV2 PriorityQueue PriorityQueueV2 RandomShuffleQueue RandomShuffleQueueV2 ' +
  'ConditionalAccumulator ResourceConditionalAccumulator AccumulatorNumAccumulated ' +
  'ResourceAccumulatorNumAccumulated AccumulatorSetGlobalStep ResourceAccumulatorSetGlobalStep ' +
  'AccumulatorApplyGradient ResourceAccumulatorApplyGradient AccumulatorTakeGradient ' +
  'ResourceAccumulatorTakeGradient SparseConditionalAccumulator SparseAccumulatorApplyGradient ' +
  'SparseAccumulatorTakeGradient';
const STAGED =
  'Stage Unstage StagePeek StageSize StageClear MapStage MapUnstage MapUnstageNoKey MapPeek MapSize ' +
  'MapIncompleteSize MapClear OrderedMapStage OrderedMapUnstage OrderedMapUnstageNoKey OrderedMapPeek OrderedMapSize ' +
  'OrderedMapIncompleteSize OrderedMapClear Barrier BarrierInsertMany BarrierTakeMany BarrierClose BarrierReadySize ' +
  'BarrierIncompleteSize Stack StackPush StackPop StackClose TemporaryVariable DestroyTemporaryVariable';
const READERS =
  'FixedLengthRecordReader FixedLengthRecordReaderV2 IdentityReader IdentityReaderV2 LMDBReader ' +
  'TFRecordReader TFRecordReaderV2 TextLineReader TextLineReaderV2 WholeFileReader WholeFileReaderV2 ' +
  'ReaderRead ReaderReadV2 ReaderReadUpTo ReaderReadUpToV2 ReaderNumRecordsProduced ' +
  'ReaderNumRecordsProducedV2 ReaderNumWorkUnitsCompleted ReaderNumWorkUnitsCompletedV2 ' +
  'ReaderSerializeState ReaderSerializeStateV2 ReaderRestoreState ReaderRestoreStateV2 ReaderReset ' +
  'ReaderResetV2 FakeQueue ReadFile WriteFile MatchingFiles AddSparseToTensorsMap ' +
  'AddManySparseToTensorsMap TakeManySparseFromTensorsMap';
/** Types without a recorded row of their own, and what holds them instead: a file of test/, which names the type. */
const TABLES =
  'HashTable HashTableV2 InitializeTable InitializeTableFromTextFile InitializeTableFromTextFileV2 ' +
  'InitializeTableV2 LookupTableExport LookupTableExportV2 LookupTableFind LookupTableFindV2 ' +
  'LookupTableImport LookupTableImportV2 LookupTableInsert LookupTableInsertV2 LookupTableRemoveV2 ' +
  'LookupTableSize LookupTableSizeV2 MutableDenseHashTable MutableDenseHashTableV2 ' +
  'MutableHashTable MutableHashTableOfTensors MutableHashTableOfTensorsV2 MutableHashTableV2';
export const ELSEWHERE: Readonly<Record<string, string>> = {
  Const: 'fixtures/ops/constants.json',
  Placeholder: 'fixtures/ops/constants.json',
  NoOp: 'fixtures/ops/group.json',
  GenerateVocabRemapping: 'fixtures/warm-starts.json',
  LoadAndRemapMatrix: 'fixtures/warm-starts.json',
  ...Object.fromEntries(TABLES.split(' ').map((type) => [type, 'fixtures/tables.json'])),
  ...Object.fromEntries(READERS.split(' ').map((type) => [type, 'fixtures/readers.json'])),
  ...Object.fromEntries(ON_QUEUES.split(' ').map((type) => [type, 'fixtures/queues.json'])),
  ...Object.fromEntries(STAGED.split(' ').map((type) => [type, 'fixtures/staging.json'])),
  ...Object.fromEntries(inDatasets().map((type) => [type, 'fixtures/datasets.json'])),
  GetSessionHandle: 'session/handles.test.ts',
  GetSessionTensor: 'session/handles.test.ts',
  DeleteSessionTensor: 'session/handles.test.ts',
  PyFunc: 'flow/py-func.test.ts',
  PyFuncStateless: 'flow/py-func.test.ts',
  Switch: 'ops/control.test.ts',
  RefSwitch: 'fixtures/ops/variables.json',
  Merge: 'ops/control.test.ts',
  RefMerge: 'fixtures/loops.json',
  Enter: 'fixtures/loops.json',
  RefEnter: 'fixtures/loops.json',
  Exit: 'fixtures/loops.json',
  RefExit: 'fixtures/loops.json',
  NextIteration: 'fixtures/loops.json',
  RefNextIteration: 'fixtures/loops.json',
  LoopCond: 'fixtures/loops.json',
  ControlTrigger: 'flow/stacks.test.ts',
  TensorArrayV3: 'flow/stacks.test.ts',
  TensorArrayGradV3: 'flow/stacks.test.ts',
  TensorArrayGradWithShape: 'flow/stacks.test.ts',
  TensorArrayWriteV3: 'flow/stacks.test.ts',
  TensorArrayReadV3: 'flow/stacks.test.ts',
  TensorArrayGatherV3: 'flow/stacks.test.ts',
  TensorArrayScatterV3: 'flow/stacks.test.ts',
  TensorArrayConcatV3: 'flow/stacks.test.ts',
  TensorArraySplitV3: 'flow/stacks.test.ts',
  TensorArraySizeV3: 'flow/stacks.test.ts',
  TensorArrayCloseV3: 'flow/stacks.test.ts',
  StackV2: 'flow/stacks.test.ts',
  StackPushV2: 'flow/stacks.test.ts',
  StackPopV2: 'flow/stacks.test.ts',
  StackCloseV2: 'flow/stacks.test.ts',
  Save: 'ops/checkpoint.test.ts',
  SaveSlices: 'ops/checkpoint.test.ts',
  SaveV2: 'ops/checkpoint.test.ts',
  Restore: 'ops/checkpoint.test.ts',
  RestoreSlice: 'ops/checkpoint.test.ts',
  RestoreV2: 'ops/checkpoint.test.ts',
  MergeV2Checkpoints: 'ops/checkpoint.test.ts',
  Print: 'fixtures/ops/logging.json',
  PrintV2: 'fixtures/ops/logging.json',
  RandomStandardNormal: 'fixtures/random_ops.json',
  RandomUniform: 'fixtures/random_ops.json',
  RandomUniformInt: 'fixtures/random_ops.json',
  RandomShuffle: 'fixtures/random_ops.json',
  TruncatedNormal: 'fixtures/random_ops.json',
  Multinomial: 'fixtures/random_ops.json',
  MutexV2: 'ops/mutex.test.ts',
  MutexLock: 'ops/mutex.test.ts',
  ConsumeMutexLock: 'ops/mutex.test.ts',
  Variable: 'ops/updates.test.ts',
  VariableV2: 'fixtures/tutorial.json',
  VarHandleOp: 'fixtures/ops/state.json',
  PartitionedCall: 'fixtures/functions.json',
  StatefulPartitionedCall: 'fixtures/functions.json',
  RemoteCall: 'fixtures/functions.json',
  If: 'fixtures/functions.json',
  StatelessIf: 'fixtures/functions.json',
  Case: 'fixtures/functions.json',
  While: 'fixtures/functions.json',
  StatelessWhile: 'fixtures/functions.json',
  For: 'fixtures/functions.json',
  SymbolicGradient: 'fixtures/functions.json',
  EmptyTensorList: 'fixtures/functions.json',
  TensorListReserve: 'fixtures/functions.json',
  TensorListPushBack: 'fixtures/functions.json',
  TensorListPopBack: 'fixtures/functions.json',
  TensorListGetItem: 'fixtures/functions.json',
  TensorListSetItem: 'fixtures/functions.json',
  TensorListStack: 'fixtures/functions.json',
  TensorListFromTensor: 'fixtures/functions.json',
  TensorListLength: 'fixtures/functions.json',
  TensorListResize: 'fixtures/functions.json',
  TensorListElementShape: 'fixtures/functions.json',
  TensorListGather: 'fixtures/functions.json',
  TensorListScatter: 'fixtures/functions.json',
  TensorListScatterV2: 'fixtures/functions.json',
  TensorListScatterIntoExistingList: 'fixtures/functions.json',
  TensorListSplit: 'fixtures/functions.json',
  TensorListConcat: 'fixtures/functions.json',
  TensorListConcatV2: 'fixtures/functions.json',
  TensorListConcatLists: 'fixtures/functions.json',
  TensorListPushBackBatch: 'fixtures/functions.json',
  OptionalNone: 'fixtures/functions.json',
  OptionalFromValue: 'fixtures/functions.json',
  OptionalHasValue: 'fixtures/functions.json',
  OptionalGetValue: 'fixtures/functions.json',
  // GraphDef 7 removed it: TensorFlow 1.15 makes none.
  TopK: 'ops/top-k.test.ts',
};
