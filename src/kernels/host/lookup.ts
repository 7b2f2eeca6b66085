/** Tables from keys to values as nodes: how they are made and found, filled, and looked into. */
import { asTexts } from '../../base/elements';
import { int64 } from '../../base/dtype';
import { cShape, sizeOf } from '../../base/shape';
import { KernelError, type KernelNode, type StatefulKernel, type StatefulRow, type StatefulTable } from '../kernel';
import { type Run, Value, attr, invalid } from '../kernel';
import { noKernel } from '../kernel-error';
import { type Resources, placeOf, resourceOf } from '../resources';
import { DenseTable, StaticTable, TABLE, Table, type TableFacts, elementsOf } from './table';
import { type Columns, checkColumns, countOf, entriesOf } from './vocabulary-lines';

/** Keys and values of which TensorFlow has tables. */
const NUMBERS = ['int32', 'float32', 'float64'];
const MUTABLE: Readonly<Record<string, readonly string[]>> = {
  int32: NUMBERS,
  int64: [...NUMBERS, 'int64', 'string', 'bool'],
  string: [...NUMBERS, 'int64', 'bool'],
};
const STATIC: typeof MUTABLE = { ...MUTABLE, int32: [...NUMBERS, 'string'], string: [...MUTABLE.string, 'string'] };

/** Among which a node's table is: one without a name to be shared by belongs to its session. */
function amongOf(node: KernelNode, { resources, own }: Run): Resources {
  const isShared = attr(node, 'shared_name') || attr(node, 'use_node_name_sharing');
  return isShared ? resources : own;
}
type Make = (facts: TableFacts, inputs: readonly Value[], node: KernelNode) => Table;
/** A handle, or in the place of one a reference to its name. */
const holder =
  (make: Make, dtypes: typeof MUTABLE): StatefulKernel =>
  (inputs, node, run) => {
    const [keyDtype, valueDtype] = [inputs.at(0)?.dtype ?? attr(node, 'key_dtype'), attr(node, 'value_dtype')];
    if (!dtypes[keyDtype.name]?.includes(valueDtype.name))
      throw new KernelError('Unimplemented', noKernel(node.type, 'the host', [keyDtype, valueDtype]));
    const place = placeOf(node.name, node.attrs);
    const valueShape = node.attrs.value_shape === undefined ? [] : [...attr(node, 'value_shape').asList()].map(Number);
    const facts = { place, keyDtype, valueDtype, keyShape: inputs.at(0)?.shape ?? [], valueShape };
    const table = amongOf(node, run).findOrMake(TABLE, place, () => make(facts, inputs, node));
    checkSame(table.facts, facts);
    const [dtype] = node.outputTypes;
    return [new Value(dtype, dtype.isRef ? [2] : [], null, null, table)];
  };
function checkSame({ keyDtype, valueDtype, place }: TableFacts, asked: TableFacts): void {
  if (keyDtype !== asked.keyDtype || valueDtype !== asked.valueDtype)
    invalid(
      `Conflicting key/value dtypes ${asked.keyDtype.cName}->${asked.valueDtype.cName} with ` +
        `${keyDtype.cName}-${valueDtype.cName} for table ${place.name}`,
    );
}
function ofTensors(facts: TableFacts): Table {
  if (facts.valueShape.length !== 1) invalid(`Default value must be a vector, got shape ${cShape(facts.valueShape)}`);
  return new Table(facts);
}
const elements = (value: Value): ReturnType<typeof elementsOf> => elementsOf(value.read(), 0, value.size);
function dense(facts: TableFacts, [empty, deleted]: readonly Value[], node: KernelNode): Table {
  const what = (name: string, { length }: readonly number[], shape: readonly number[]): void => {
    if (length > 1) invalid(`${name} must be a scalar or a vector, got shape ${cShape(shape)}`);
  };
  what('Empty value', facts.valueShape, facts.valueShape);
  what('Empty key', empty.shape, empty.shape);
  if (deleted && cShape(deleted.shape) !== cShape(empty.shape))
    invalid(
      `Empty and deleted keys must have same shape, got shapes: ${cShape(empty.shape)} and ${cShape(deleted.shape)}`,
    );
  const [buckets, load] = [attr(node, 'initial_num_buckets'), attr(node, 'max_load_factor')];
  return new DenseTable(facts, elements(empty), deleted ? elements(deleted) : null, Number(buckets), load);
}

const tableOf = (handle: Value): Table => resourceOf(handle, TABLE);
const names = (dtypes: readonly { readonly cName: string }[]): string => dtypes.map(({ cName }) => cName).join(', ');
/** @throws InvalidArgument  where what is given has other dtypes than the table */
function checkDtypes(handle: Value, { type }: KernelNode, given: readonly Value[], out: boolean): Table {
  const table = tableOf(handle);
  const { keyDtype, valueDtype } = table.facts;
  const wanted = [keyDtype, valueDtype].slice(0, given.length);
  if (given.every(({ dtype }, i) => dtype === wanted[i])) return table;
  const held = { cName: type.endsWith('V2') ? 'resource' : 'string_ref' };
  const [have, expected] = [names([held, ...given.map(({ dtype }) => dtype)]), names([held, ...wanted])];
  const [gives, gave] = out ? [wanted[1].cName, given[1].dtype.cName] : ['', ''];
  return invalid(`Signature mismatch, have: ${have}->${gave} expected: ${expected}->${gives}`);
}
const isShape = (a: readonly number[], b: readonly number[]): boolean => cShape(a) === cShape(b);

const find: StatefulKernel = ([handle, keys, fallback], node) => {
  const table = checkDtypes(handle, node, [keys, fallback], true);
  const { valueShape } = table.facts;
  table.shapeFor(keys.shape);
  if (!isShape(fallback.shape, valueShape))
    invalid(`Expected shape ${cShape(valueShape)} for default value, got ${cShape(fallback.shape)}`);
  return [table.find(keys, fallback)];
};
function checkValues(table: Table, keys: Value, values: Value, wanted = table.shapeFor(keys.shape)): void {
  if (!isShape(values.shape, wanted))
    invalid(`Expected shape ${cShape(wanted)} for value, got ${cShape(values.shape)}`);
}
const insert: StatefulKernel = ([handle, keys, values], node) => {
  const table = checkDtypes(handle, node, [keys, values], false);
  checkValues(table, keys, values);
  table.insert(keys, values);
  return [];
};
const remove: StatefulKernel = ([handle, keys], node) => {
  const table = checkDtypes(handle, node, [keys], false);
  table.shapeFor(keys.shape);
  table.remove(keys);
  return [];
};
const size: StatefulKernel = ([handle]) => [new Value(int64, [], BigInt64Array.of(BigInt(tableOf(handle).size)))];
const exported: StatefulKernel = ([handle]) => tableOf(handle).export();
const imported: StatefulKernel = ([handle, keys, values], node) => {
  const table = checkDtypes(handle, node, [keys, values], false);
  const { keyShape, valueShape } = table.facts;
  // What a dense table exports has a dimension for the elements of each key and value, though they are scalars.
  const wide = (shape: readonly number[]): number[] => (table instanceof DenseTable ? [sizeOf(shape)] : [...shape]);
  const rows = keys.shape.slice(0, keys.shape.length - wide(keyShape).length);
  checkValues(table, keys, values, [...rows, ...wide(valueShape)]);
  table.import(keys, values);
  return [];
};
function staticIn(handle: Value): StaticTable {
  const table = tableOf(handle);
  if (table instanceof StaticTable) return table;
  return invalid(`Table ${table.place.container} ${table.place.name} is not initializable`);
}
const initialize: StatefulKernel = ([handle, keys, values], node) => {
  const table = staticIn(handle);
  checkDtypes(handle, node, [keys, values], false);
  if (keys.shape.length !== 1) invalid(`Keys must be a vector, but received shape${cShape(keys.shape)}`);
  if (!isShape(values.shape, keys.shape))
    invalid(`Keys and values must have the same size ${keys.size} vs ${values.size}`);
  table.import(keys, values);
  return [];
};
const fromFile: StatefulKernel = ([handle, filename], node, { resources }) => {
  const table = staticIn(handle);
  if (filename.shape.length) invalid(`filename should be a single string, but got ${cShape(filename.shape)}`);
  const [name] = asTexts(filename.read());
  const { keyDtype, valueDtype } = table.facts;
  const index = (of: string): number => Number(attr(node, of, 'int'));
  const columns: Columns = {
    path: resources.fileAt(name),
    name,
    size: index('vocab_size'),
    delimiter: attr(node, 'delimiter', 'string'),
    key: { index: index('key_index'), dtype: keyDtype },
    value: { index: index('value_index'), dtype: valueDtype },
  };
  checkColumns(columns);
  table.initialize(entriesOf(columns), () => countOf(columns));
  return [];
};
/** A row under its name for references and its name for handles. */
const both = <Row extends StatefulKernel | StatefulRow>(name: string, row: Row): Readonly<Record<string, Row>> => ({
  [name]: row,
  [`${name}V2`]: row,
});

export const LOOKUP_KERNELS: StatefulTable = {
  ...both(
    'HashTable',
    holder((facts) => new StaticTable(facts), STATIC),
  ),
  ...both(
    'MutableHashTable',
    holder((facts) => new Table(facts), MUTABLE),
  ),
  ...both('MutableHashTableOfTensors', holder(ofTensors, MUTABLE)),
  ...both('MutableDenseHashTable', holder(dense, MUTABLE)),
  ...both('LookupTableFind', find),
  ...both('LookupTableInsert', insert),
  LookupTableRemoveV2: remove,
  ...both('LookupTableSize', size),
  ...both('LookupTableExport', exported),
  ...both('LookupTableImport', imported),
  ...both('InitializeTable', initialize),
  ...both('InitializeTableFromTextFile', fromFile),
};
