/**
 * What there is of each op type: its gradient, kernels by device, and the recording that its values are held against.
 * `npm run op-table` writes docs/ops.md, and contract.test.ts fails where that is not what the code says.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import '../../src';
import { DIFFERENTIABLE, NOT_DIFFERENTIABLE } from '../../src/graph/generated/op-defs';
import { definitionOf, gradOf, newerOps, registeredOps, typesWithRows } from '../../src/graph/opdef';
import { loadHostKernels } from '../../src/kernels/devices';
import { hostKernel, statefulKernel } from '../../src/kernels/registry';
import { FIXTURES, type JsonRow, fixture } from '../recorded';
import { devices, isServed } from '../sweep';
import { inDatasets } from './dataset-types';

const ROOT = path.join(__dirname, '..', '..');
export const TABLE = path.join(ROOT, 'docs', 'ops.md');

/** Types that TensorFlow 1.15 differentiates, and those that it says have no gradient. */
export const WITH_GRADIENT: ReadonlySet<string> = new Set(DIFFERENTIABLE.split(' '));
const WITHOUT: ReadonlySet<string> = new Set(NOT_DIFFERENTIABLE.split(' '));

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

interface Fact {
  readonly type: string;
  readonly gradient: 'function' | 'none' | 'absent' | 'beyond 1.15' | 'missing';
  readonly host: boolean;
  readonly portable: boolean;
  readonly native: boolean;
  readonly recorded: string;
}

function rowsByType(): Map<string, { stems: Set<string>; rows: JsonRow[] }> {
  const found = new Map<string, { stems: Set<string>; rows: JsonRow[] }>();
  const entry = (op: string): { stems: Set<string>; rows: JsonRow[] } => {
    const known = found.get(op) ?? { stems: new Set(), rows: [] };
    found.set(op, known);
    return known;
  };
  for (const file of readdirSync(FIXTURES))
    for (const row of fixture(file.replace('.json', '')).rows) {
      entry(row.op).stems.add(`ops/${file}`);
      entry(row.op).rows.push(row);
    }
  const updates = readFileSync(path.join(FIXTURES, '..', 'updates.json'), 'utf8');
  for (const { op } of (JSON.parse(updates) as { rows: { op: string }[] }).rows) entry(op).stems.add('updates.json');
  return found;
}
function gradientOf(type: string): Fact['gradient'] {
  if (gradOf(type)) return WITH_GRADIENT.has(type) ? 'function' : 'beyond 1.15';
  return WITH_GRADIENT.has(type) ? 'missing' : WITHOUT.has(type) ? 'none' : 'absent';
}

/** One fact per type, in the order of the alphabet: per type of 1.15 with a row where not told which. */
export function facts(types = typesWithRows()): Fact[] {
  loadHostKernels();
  const rows = rowsByType();
  const there = new Set(devices().map(({ device }) => device));
  const onFile = nativeOnFile();
  return types.sort().map((type) => {
    const recorded = rows.get(type);
    const served = (kind: 'portable' | 'native'): boolean =>
      there.has(kind)
        ? (recorded?.rows.some((row) => isServed(row, kind)) ?? false)
        : (onFile[kind].has(type) ?? false);
    return {
      type,
      gradient: gradientOf(type),
      // What calls a function runs as its body.
      host: !!(hostKernel(type) ?? statefulKernel(type) ?? definitionOf(type).row.calls),
      portable: served('portable'),
      native: served('native'),
      recorded: recorded ? [...recorded.stems].sort()[0] : (ELSEWHERE[type] ?? ''),
    };
  });
}
/** Where a device is not there, what the table says of it stays. */
function nativeOnFile(): Record<'portable' | 'native', Set<string>> {
  const text = existsSync(TABLE) ? readFileSync(TABLE, 'utf8') : '';
  const cells = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  const marked = (column: number): Set<string> =>
    new Set(cells.filter((row) => row[column] === 'yes').map((row) => row[1].replaceAll('`', '')));
  return { portable: marked(4), native: marked(5) };
}

const HEAD = ['| Type | Gradient | Host | Portable | Native | Recorded in |', '|---|---|---|---|---|---|'];
export function opTable(): string {
  const all = facts();
  const share = (count: number, of: number): string => `${count} of ${of} (${Math.round((100 * count) / of)} %)`;
  const count = (has: (fact: Fact) => boolean): string => share(all.filter(has).length, all.length);
  const defined = registeredOps();
  const yes = (is: boolean): string => (is ? 'yes' : '');
  const row = (f: Fact): string => {
    const kernels = [f.host, f.portable, f.native].map(yes).join(' | ');
    return `| \`${f.type}\` | ${f.gradient} | ${kernels} | ${f.recorded} |`;
  };
  return [
    '# Op types',
    '',
    'Written by `npm run op-table`; a test fails where the code says otherwise. TensorFlow 1.15 defines all these',
    'types and more: a node of any can be made, and is run where a device has a kernel; those below have a row here,',
    'which gives them shapes and gradients too. *none*: gradients stop there; *absent*: asking is an error, in',
    'TensorFlow as well. A device has a kernel of its own for at least one recorded row; the rest is left to the host.',
    '',
    `- types with a row: ${share(all.length, defined.length)}`,
    `- gradients of TensorFlow's: ${share(all.filter((f) => f.gradient === 'function').length, WITH_GRADIENT.size)}`,
    `- with a host kernel: ${count((f) => f.host)}`,
    `- with a portable kernel: ${count((f) => f.portable)}`,
    `- with a native kernel: ${count((f) => f.native)}`,
    '',
    ...HEAD,
    ...all.map(row),
    '',
    '## Of newer TensorFlows',
    '',
    'Types that 1.15 does not have, and that 2.21 writes in programs of 1.x: they come in with graphs.',
    '',
    ...HEAD,
    ...facts(newerOps()).map(row),
    '',
  ].join('\n');
}

if (require.main === module) writeFileSync(TABLE, opTable());
