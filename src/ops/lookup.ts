/** Tables from keys to values: made, filled, and looked into. Functions for users are in src/lookup. */
import type { DType } from '../base/dtype';
import { TensorShape } from '../base/shape';
import { ShapeError } from '../graph/graph';
import type { OpRow, Rows } from '../graph/opdef';
import type { HandleData, HandleFn, ShapeContext } from '../graph/shape-context';
import { mergeShapes, scalarShape, withRank, withRankAtLeast, withRankAtMost } from '../graph/shape-fn';

/** Whether a table is a handle, or a reference to its name. */
type Holds = 'handle' | 'reference';
const checkHolds = (c: ShapeContext, holds: Holds): TensorShape => withRank(c, 0, holds === 'handle' ? 0 : 1);

/** What a table leads to, where it says so itself. */
const leadsTo =
  (keyShape: (c: ShapeContext) => TensorShape, valueShape: (c: ShapeContext) => TensorShape): HandleFn =>
  (c) => ({
    dtype: c.attr('value_dtype'),
    shape: valueShape(c),
    key: { dtype: c.attr('key_dtype'), shape: keyShape(c) },
  });
const scalar = (): TensorShape => TensorShape.scalar();
const stated = (c: ShapeContext): TensorShape => c.attr('value_shape');

function checkDtype(declared: DType | undefined, asked: DType): void {
  if (declared && declared !== asked)
    throw new ShapeError(`Trying to read value with wrong dtype. Expected ${declared.cName} got ${asked.cName}`);
}
/** What the table leads to; its dtypes must be the op's. */
function tableOf(
  c: ShapeContext,
  keys: string,
  values: string,
): (HandleData & Required<Pick<HandleData, 'key'>>) | null {
  const declared = c.handle(0);
  if (!declared?.key) return null;
  checkDtype(declared.key.dtype, c.attr(keys, 'type'));
  checkDtype(declared.dtype, c.attr(values, 'type'));
  return { ...declared, key: declared.key };
}
function findShape(c: ShapeContext, holds: Holds): TensorShape[] {
  checkHolds(c, holds);
  withRankAtMost(c, 2, 1);
  const table = holds === 'handle' ? tableOf(c, 'Tin', 'Tout') : null;
  const keys = c.shape(1);
  const suffix = table?.key.shape.rank ?? null;
  if (!table || suffix === null || keys.rank === null) return [TensorShape.unknown()];
  if (keys.rank < suffix)
    throw new ShapeError(
      `Expected keys to have suffix ${table.key.shape.toCString()} but saw shape: ${keys.toCString()}`,
    );
  return [TensorShape.of((keys.dims ?? []).slice(0, keys.rank - suffix)).concatenate(table.shape)];
}
function exportShape(c: ShapeContext, holds: Holds): TensorShape[] {
  checkHolds(c, holds);
  const many = TensorShape.unknown(1);
  const table = holds === 'handle' ? tableOf(c, 'Tkeys', 'Tvalues') : null;
  return [many, table ? many.concatenate(table.shape) : TensorShape.unknown()];
}
function fillShape(c: ShapeContext, holds: Holds): [] {
  checkHolds(c, holds);
  mergeShapes(withRank(c, 1, 1), c.shape(2));
  return [];
}
const find = (holds: Holds): OpRow => ({ effect: 'reads', shape: (c) => findShape(c, holds) });
const size = (holds: Holds): OpRow => ({
  effect: 'reads',
  shape(c) {
    checkHolds(c, holds);
    return [TensorShape.scalar()];
  },
});
const writes = (shape: (c: ShapeContext) => readonly []): OpRow => ({ effect: 'writes', shape });
const insert = (holds: Holds): OpRow =>
  writes((c) => {
    checkHolds(c, holds);
    return [];
  });
const fromFile = (holds: Holds): OpRow =>
  writes((c) => {
    checkHolds(c, holds);
    withRank(c, 1, 0);
    return [];
  });
const REFERENCE: OpRow = { effect: 'reads', shape: () => [[2]] };
const HANDLE: OpRow = { effect: 'reads', shape: scalarShape };
const emptyKey = (c: ShapeContext): TensorShape => c.shape(0);
function denseShape(c: ShapeContext): ReturnType<typeof scalarShape> {
  for (let i = 0; i < c.inputs; i++) withRankAtMost(c, i, 1);
  return scalarShape(c);
}

export const LOOKUP = {
  HashTable: REFERENCE,
  HashTableV2: HANDLE,
  MutableHashTable: REFERENCE,
  MutableHashTableV2: { ...HANDLE, handle: leadsTo(scalar, scalar) },
  MutableHashTableOfTensors: REFERENCE,
  MutableHashTableOfTensorsV2: { ...HANDLE, handle: leadsTo(scalar, stated) },
  MutableDenseHashTable: REFERENCE,
  MutableDenseHashTableV2: { effect: 'reads', shape: denseShape, handle: leadsTo(emptyKey, stated) },
  LookupTableFind: find('reference'),
  LookupTableFindV2: find('handle'),
  LookupTableInsert: insert('reference'),
  LookupTableInsertV2: insert('handle'),
  LookupTableRemoveV2: writes((c) => {
    checkHolds(c, 'handle');
    withRankAtLeast(c, 1, 1);
    return [];
  }),
  LookupTableSize: size('reference'),
  LookupTableSizeV2: size('handle'),
  LookupTableExport: { effect: 'reads', shape: (c) => exportShape(c, 'reference') },
  LookupTableExportV2: { effect: 'reads', shape: (c) => exportShape(c, 'handle') },
  LookupTableImport: insert('reference'),
  LookupTableImportV2: writes((c) => fillShape(c, 'handle')),
  InitializeTable: writes((c) => fillShape(c, 'reference')),
  InitializeTableV2: writes((c) => fillShape(c, 'handle')),
  InitializeTableFromTextFile: fromFile('reference'),
  InitializeTableFromTextFileV2: fromFile('handle'),
} satisfies Rows;
