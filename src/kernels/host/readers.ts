/** Readers of each kind as nodes: how they are made and found, and what is asked of them. */
import { bytesToText } from '../../base/bytes';
import { asTexts } from '../../base/elements';
import { int64, string } from '../../base/dtype';
import { cShape } from '../../base/shape';
import {
  KernelError,
  type KernelNode,
  type StatefulKernel,
  type StatefulRow,
  type StatefulTable,
  Value,
  invalid,
} from '../kernel';
import { placeOf, resourceOf } from '../resources';
import { QUEUE } from './queue';
import { READER, Reader } from './reader';
import { FIXED_LENGTH, IDENTITY, type ReaderKind, TEXT_LINE, TF_RECORD, WHOLE_FILE } from './reader-kinds';
import { amongOf, waiting } from './waiting';

/** A handle, or in the place of one a reference to its name. */
function holder({ type, keepsState, opening }: ReaderKind): StatefulRow {
  return {
    make(node) {
      const place = placeOf(node.name, node.attrs);
      const [dtype] = node.outputTypes;
      return (_, __, run) => {
        const open = opening(node);
        const facts = { place, title: `${type} '${node.name}'`, open, keepsState };
        const reader = amongOf(node, run).findOrMake(READER, place, () => new Reader(facts));
        return [new Value(dtype, dtype.isRef ? [2] : [], null, null, reader)];
      };
    },
  };
}
const readerOf = (handle: Value): Reader => resourceOf(handle, READER);
const text = (value: string): Value => new Value(string, [], [value]);
const texts = (values: string[]): Value => new Value(string, [values.length], values);
const count = (value: number): Value => new Value(int64, [], BigInt64Array.of(BigInt(value)));

const records: StatefulKernel = ([handle]) => [count(readerOf(handle).recordsProduced)];
const units: StatefulKernel = ([handle]) => [count(readerOf(handle).workUnitsCompleted)];
const state: StatefulKernel = ([handle]) => [text(bytesToText(readerOf(handle).state))];

const read: StatefulKernel = ([handle, queue], _, { resources }) =>
  readerOf(handle)
    .read(resourceOf(queue, QUEUE), 1, resources.fileAt)
    .as(([{ key, value }]) => [text(key), text(value)]);
const readUpTo: StatefulKernel = ([handle, queue, most], _, { resources }) =>
  readerOf(handle)
    .read(resourceOf(queue, QUEUE), Number(most.read()[0]), resources.fileAt)
    .as((entries) => [texts(entries.map(({ key }) => key)), texts(entries.map(({ value }) => value))]);
const restore: StatefulKernel = ([handle, state]) => {
  if (state.shape.length) invalid(`Reader state must be scalar, but had shape: ${cShape(state.shape)}`);
  readerOf(handle).restore(asTexts(state.read())[0]);
  return [];
};
const reset: StatefulKernel = ([handle]) => {
  readerOf(handle).reset();
  return [];
};
/** A queue under a reference to its name. */
const fakeQueue: StatefulKernel = ([handle], { outputTypes: [dtype] }) => [
  new Value(dtype, [2], null, null, resourceOf(handle, QUEUE)),
];
const lmdb: StatefulKernel = (_, node: KernelNode) => {
  throw new KernelError(
    'Unimplemented',
    `No kernel for op type '${node.type}': files of LMDB are not read`,
    'write the records as a TFRecord file (tf.pythonIo.TFRecordWriter) and read that with tf.TFRecordReader',
  );
};

/** A row under its name for references and its name for handles. */
const both = <Row>(name: string, row: Row): Readonly<Record<string, Row>> => ({ [name]: row, [`${name}V2`]: row });

export const READER_KERNELS: StatefulTable = {
  ...both('FixedLengthRecordReader', holder(FIXED_LENGTH)),
  ...both('IdentityReader', holder(IDENTITY)),
  ...both('TFRecordReader', holder(TF_RECORD)),
  ...both('TextLineReader', holder(TEXT_LINE)),
  ...both('WholeFileReader', holder(WHOLE_FILE)),
  LMDBReader: lmdb,
  ...both('ReaderRead', waiting(read)),
  ...both('ReaderReadUpTo', waiting(readUpTo)),
  ...both('ReaderNumRecordsProduced', records),
  ...both('ReaderNumWorkUnitsCompleted', units),
  ...both('ReaderSerializeState', state),
  ...both('ReaderRestoreState', restore),
  ...both('ReaderReset', reset),
  FakeQueue: fakeQueue,
};
