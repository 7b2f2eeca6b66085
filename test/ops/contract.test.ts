/** What every op type must have: TensorFlow's definition and gradient, or its lack of one; a kernel; a recording. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { DType } from '../../src/base/dtype';
import { NDArray } from '../../src/base/ndarray';
import { TensorShape } from '../../src/base/shape';
import { OP_DEFS } from '../../src/graph/generated/op-defs';
import {
  type ArgDef,
  type AttrDef,
  type AttrValue,
  definitionOf,
  newerOps,
  registeredOps,
  rowOf,
} from '../../src/graph/opdef';
import { ELSEWHERE } from '../structure/elsewhere';
import { TABLE, facts, opTable } from '../structure/op-table';

const all = facts();
const typesThat = (has: (fact: (typeof all)[number]) => boolean): string[] => all.filter(has).map((f) => f.type);

// --- a definition, written in the notation again ---

/** TensorFlow's names of sets of types, read off an op that takes each. */
const SETS = [
  ['numbertype', 'Sum'],
  ['realnumbertype', 'Relu6'],
  ['quantizedtype', 'Dequantize'],
].map(([name, type]) => ({ name, types: namesOf(definitionOf(type).attr('T')!.allowed!) }));
function namesOf(types: readonly DType[]): string {
  return types.map((d) => d.cName).join(', ');
}
function edge(arg: ArgDef): string {
  const type = arg.typeListAttr ?? arg.typeAttr ?? arg.dtype!.cName;
  const spec = arg.numberAttr ? `${arg.numberAttr} * ${type}` : type;
  return `${arg.name}: ${arg.isRef ? `Ref(${spec})` : spec}`;
}
const quoted = (text: string): string => `'${text.replaceAll('\n', '\\n').replaceAll('\t', '\\t')}'`;
function valueOf(value: AttrValue): string {
  if (Array.isArray(value)) return `[${value.map((v: AttrValue) => valueOf(v)).join(', ')}]`;
  if (value instanceof DType) return value.cName;
  if (value instanceof TensorShape) return value.dims ? `[${value.dims.map((d) => d ?? '?').join(', ')}]` : '<unknown>';
  if (value instanceof NDArray)
    return `${value.dtype.cName}[${value.shape.join(', ')}](${Array.from(value.data as Uint8Array).join(', ')})`;
  return typeof value === 'string' ? quoted(value) : String(value).replace('Infinity', 'inf');
}
function attribute({ name, kind, allowed, allowedStrings, minimum, default: fallback }: AttrDef): string {
  const names = allowed ? namesOf(allowed) : allowedStrings?.map(quoted).join(', ');
  const set = names === undefined ? null : (SETS.find(({ types }) => types === names)?.name ?? `{${names}}`);
  const one = set === null ? kind : kind.startsWith('list(') ? `list(${set})` : set;
  const least = minimum === null ? '' : ` >= ${minimum}`;
  return `${name}: ${one}${least}${fallback === undefined ? '' : ` = ${valueOf(fallback)}`}`;
}
function written(type: string): string {
  const def = definitionOf(type);
  const edges = [def.inputs.map(edge).join(', '), '->', def.outputs.map(edge).join(', ')].filter(Boolean).join(' ');
  const flags = [
    def.isStateful && 'stateful',
    def.isCommutative && 'commutative',
    def.isAggregate && 'aggregate',
    def.allowsUninitializedInput && 'uninitialized',
  ];
  return [`${type}: ${edges}`, ...def.attrs.map(attribute), ...flags.filter(Boolean)].join('; ');
}
/** Small numbers as Python writes them. */
const plain = (text: string): string => text.replaceAll('1e-04', '0.0001').replaceAll('1e-05', '0.00001');

test('each of the 1,393 definitions reads as TensorFlow wrote it', () => {
  const lines = OP_DEFS.trimEnd().split('\n');
  expect(registeredOps().map((type) => plain(written(type)))).toEqual(lines.map(plain));
  expect(lines.length).toBe(1393);
});

test("gradients, and where there is none, are TensorFlow's", () => {
  // TensorFlow's asks the while_loop that made the Exit: of one that was made by hand it has none either.
  // Those of what calls functions on conditions, and of what these keep for them, are not there yet.
  const later = /^(Case|If|While|Stateless(If|While)|(Empty)?TensorList\w*|Optional\w+)$/;
  expect(typesThat((f) => f.gradient === 'missing' && !later.test(f.type))).toEqual(['Exit', 'RefExit']);
  expect(typesThat((f) => f.gradient === 'beyond 1.15')).toEqual([]);
});

test('each type with a row has a kernel', () => {
  expect(typesThat((f) => !f.host && !f.native)).toEqual([]);
});

test('each type with a row stands in a recording, or where it is named', () => {
  expect(typesThat((f) => !f.recorded)).toEqual([]);
  const wrong = Object.entries(ELSEWHERE).filter(([type, file]) => {
    const text = readFileSync(path.join(__dirname, '..', file), 'utf8');
    return !text.includes(`"${type}"`) && !text.includes(`'${type}'`);
  });
  expect(wrong).toEqual([]);
  // Who has a row needs no other place.
  expect(typesThat((f) => f.type in ELSEWHERE && f.recorded !== ELSEWHERE[f.type])).toEqual([]);
});

test('each type of newer TensorFlows has a row, a kernel and a recording', () => {
  const lacking = facts(newerOps()).filter((f) => !rowOf(definitionOf(f.type)).shape || !f.host || !f.recorded);
  expect(lacking).toEqual([]);
});

test('docs/ops.md says the same: `npm run op-table` writes it', () => {
  expect(readFileSync(TABLE, 'utf8')).toBe(opTable());
});
