/** Readers: what takes names of files out of a queue, and gives what is in the files, a record at a time. */
import type { OpRow, Rows } from '../graph/opdef';
import { noOutputs, perOutput, scalarShape, withRank } from '../graph/shape-fn';

/** A handle, or a reference to its name. */
const HANDLE: OpRow = { effect: 'reads', shape: scalarShape };
const REFERENCE: OpRow = { effect: 'reads', shape: () => [[2]] };
const READ: OpRow = { effect: 'waits', shape: (c) => perOutput(c, []) };
const READ_MANY: OpRow = {
  effect: 'waits',
  shape(c) {
    withRank(c, 2, 0);
    return perOutput(c, [null]);
  },
};
const LOOK: OpRow = { effect: 'reads', shape: scalarShape };
const SET: OpRow = {
  effect: 'writes',
  shape(c) {
    if (c.inputs > 1) withRank(c, 1, 0);
    return noOutputs(c);
  },
};

export const READERS = {
  FixedLengthRecordReader: REFERENCE,
  FixedLengthRecordReaderV2: HANDLE,
  IdentityReader: REFERENCE,
  IdentityReaderV2: HANDLE,
  LMDBReader: REFERENCE,
  TFRecordReader: REFERENCE,
  TFRecordReaderV2: HANDLE,
  TextLineReader: REFERENCE,
  TextLineReaderV2: HANDLE,
  WholeFileReader: REFERENCE,
  WholeFileReaderV2: HANDLE,
  ReaderRead: READ,
  ReaderReadV2: READ,
  ReaderReadUpTo: READ_MANY,
  ReaderReadUpToV2: READ_MANY,
  ReaderNumRecordsProduced: LOOK,
  ReaderNumRecordsProducedV2: LOOK,
  ReaderNumWorkUnitsCompleted: LOOK,
  ReaderNumWorkUnitsCompletedV2: LOOK,
  ReaderSerializeState: LOOK,
  ReaderSerializeStateV2: LOOK,
  ReaderRestoreState: SET,
  ReaderRestoreStateV2: SET,
  ReaderReset: SET,
  ReaderResetV2: SET,
  FakeQueue: { effect: 'reads', shape: () => [[2]] },
} satisfies Rows;
