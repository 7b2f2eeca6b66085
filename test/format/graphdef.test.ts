/** GraphDefs that TensorFlow 1.15 wrote: read as TensorFlow reads them, and written again byte for byte. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { textToBytes } from '../../src/base/bytes';
import { NDArray } from '../../src/base/ndarray';
import { decodeGraph, encodeGraph } from '../../src/format/graphdef';
import type { Attr } from '../../src/format/attr';

interface Recorded {
  readonly bytes: string;
  readonly nodes: readonly (readonly [string, string, string[], string, Record<string, string>])[];
  readonly constants: Readonly<Record<string, readonly [string, number[], string[]]>>;
  readonly functions: readonly string[];
  readonly gradients: readonly (readonly [string, string])[];
}
const RECORDED = JSON.parse(readFileSync(path.join(__dirname, '../fixtures/graph_defs.json'), 'utf8')) as Record<
  string,
  Recorded
>;
const PROGRAMS = Object.entries(RECORDED);
const bytesOf = ({ bytes }: Recorded): Uint8Array => new Uint8Array(Buffer.from(bytes, 'base64'));
/** TensorFlow's names of the fields that kinds stand in. */
const FIELDS: Readonly<Record<string, string>> = { string: 's', int: 'i', float: 'f', bool: 'b' };
const fieldOf = (kind: Attr['kind']): string => kind.replace(/string|int|float|bool/, (word) => FIELDS[word]);

test.each(PROGRAMS)(
  '%s: nodes, edges, devices and kinds of attributes are those that TensorFlow reads',
  (_, program) => {
    const { nodes, library } = decodeGraph(bytesOf(program));
    const read = nodes.map(({ name, op, input, device, attr }) => [
      name,
      op,
      input,
      device,
      Object.fromEntries(Object.entries(attr).map(([key, { kind }]) => [key, fieldOf(kind)])),
    ]);
    expect(read).toEqual(program.nodes);
    expect(library?.functions.map((f) => f.signature.name) ?? []).toEqual(program.functions);
    expect(library?.gradients.map((g) => [g.functionName, g.gradientFunc]) ?? []).toEqual(program.gradients);
  },
);
test.each(PROGRAMS)('%s: constants have the values that TensorFlow runs them to', (_, program) => {
  const { nodes } = decodeGraph(bytesOf(program));
  const values = nodes.flatMap(({ name, attr: { value } }) =>
    name in program.constants && value.value instanceof NDArray ? [[name, shown(value.value)]] : [],
  );
  expect(Object.fromEntries(values)).toEqual(
    Object.fromEntries(
      Object.entries(program.constants).map(([name, [dtype, shape, texts]]) => [
        name,
        [dtype, shape, texts.map((text) => (dtype.startsWith('complex') || dtype === 'string' ? text : Number(text)))],
      ]),
    ),
  );
});
function shown(array: NDArray): unknown {
  const { dtype } = array;
  const one = (i: number): unknown => {
    if (Array.isArray(array.data)) return Buffer.from(textToBytes(array.data[i])).toString('base64');
    if (!dtype.isComplex) return Number(array.item(i));
    const [re, im] = [array.data[2 * i], array.data[2 * i + 1]];
    return re ? `(${re}${Number(im) < 0 ? '' : '+'}${im}j)` : `${im}j`;
  };
  return [dtype.name, [...array.shape], Array.from({ length: array.size }, (_, i) => one(i))];
}
test.each(PROGRAMS)('%s: what was read is written byte for byte', (_, program) => {
  const bytes = bytesOf(program);
  expect(Buffer.from(encodeGraph(decodeGraph(bytes))).toString('base64')).toBe(program.bytes);
});
test('attributes are written byte for byte from their values alone', () => {
  // Without the bytes that each keeps of itself: the values must say it all, but for dimensions' names.
  const bare = (attr: Attr): Attr => ({ ...attr, bytes: null });
  for (const [name, program] of PROGRAMS) {
    const graph = decodeGraph(bytesOf(program));
    const nodes = graph.nodes
      .filter((node) => !name.startsWith('constants') || node.name !== 'filled')
      .map((node) => ({
        ...node,
        attr: Object.fromEntries(Object.entries(node.attr).map(([key, attr]) => [key, bare(attr)])),
      }));
    const kept = graph.nodes.filter((node) => nodes.some((other) => other.name === node.name));
    expect(Buffer.from(encodeGraph({ ...graph, nodes })).equals(encodeGraph({ ...graph, nodes: kept }))).toBe(true);
  }
});
test('integers keep all their digits', () => {
  const { nodes } = decodeGraph(bytesOf(RECORDED['attributes']));
  const { attr } = nodes.find(({ name }) => name === 'marked')!;
  expect([attr['_int'].value, attr['_ints'].value, attr['_zero'].value]).toEqual([
    2n ** 53n + 1n,
    [2n ** 62n, -1, 3],
    0,
  ]);
});
test('bytes that are no message are refused', () => {
  const bytes = bytesOf(RECORDED['arithmetic']);
  for (const cut of [1, 7, 100, bytes.length - 1])
    expect(() => decodeGraph(bytes.subarray(0, cut))).toThrow('Error parsing message');
  expect(() => decodeGraph(Uint8Array.of(0x0f, 0xff, 0xff))).toThrow('Error parsing message');
});
