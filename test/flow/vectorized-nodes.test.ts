/** Nodes, values, errors and warnings of `tf.vectorizedMap` beside those that TensorFlow 1.15 was recorded to make. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { devices, open } from '../devices';
import { approx, attrJson, graphJson } from '../graph-json';
import type { JsonNode } from '../recorded';
import { linesSaid } from '../lines-said';
import { expectNear } from '../programs';
import { NETS } from './vectorized-net-programs';
import { PROGRAMS, type VectorizedRun } from './vectorized-programs';

interface Recorded {
  readonly nodes: string;
  readonly said: readonly unknown[];
  readonly warned: readonly string[];
}
const FILE = JSON.parse(readFileSync(join(__dirname, '../fixtures/vectorized.json'), 'utf8')) as {
  readonly lines: readonly string[];
  readonly programs: Readonly<Record<string, Recorded>>;
};
const ALL = { ...PROGRAMS, ...NETS };

// --- a graph in few letters, as the recorder writes it -----------------------------------------------------------

const number = (value: unknown): string =>
  typeof value === 'number' ? String(approx(value)) : typeof value === 'bigint' ? String(value) : JSON.stringify(value);
const shown = (value: unknown): string => (Array.isArray(value) ? `[${value.map(shown).join(' ')}]` : number(value));
const sized = (dtype: string, shape: readonly (number | null)[] | null): string =>
  `${dtype}${shape ? `[${shape.map((d) => d ?? '?').join(' ')}]` : '?'}`;
const isEmpty = (value: unknown): boolean => !value || (Array.isArray(value) && !value.length);
function scopeOf(name: string): string {
  const at = name.lastIndexOf('/pfor/');
  return at < 0 ? '' : name.slice(0, at + 6);
}
function lineOf(node: JsonNode, op: tf.Operation): string {
  const scope = scopeOf(node.name);
  const short = (name: string): string => (scope && name.startsWith(scope) ? `.${name.slice(scope.length)}` : name);
  const made = node.dtype.map((dtype, i) => sized(dtype, node.shape[i] as number[] | null)).join(' ');
  if (node.op === 'Const')
    return `${short(node.name)} = ${made} ${shown((attrJson(op.getAttr('value')) as { data: unknown }).data)}`;
  const inputs = [...node.input.map(short), ...node.control.map((name) => `^${short(name)}`)];
  const isType = (name: string): boolean => {
    const value = op.getAttr(name);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return first instanceof tf.DType || first instanceof tf.TensorShape;
  };
  const said = op.attrNames
    .filter((name) => name !== '_class' && name !== 'N' && !isType(name))
    .sort()
    .map((name) => [name, attrJson(op.getAttr(name))] as const)
    .filter(([, value]) => !isEmpty(value) && !(typeof value === 'object' && !Array.isArray(value)))
    .map(([name, value]) => `${name}=${shown(value)}`);
  return [short(node.name), '=', `${node.op}(${inputs.join(', ')})`, ...said, made].join(' ').trim();
}
function linesOf(graph: tf.Graph): string[] {
  const out: string[] = [];
  let scope = '';
  graphJson(graph).forEach((node, i) => {
    if (/^loop_body(_\d+)?\//.test(node.name) && !node.name.includes('/pfor/')) return;
    const found = scopeOf(node.name);
    if (found !== scope) out.push(`${found}:`);
    scope = found;
    out.push(lineOf(node, graph.getOperations()[i]));
  });
  return out;
}

// --- what is said ------------------------------------------------------------------------------------------------

interface Sparse {
  readonly indices: unknown;
  readonly values: unknown;
  readonly denseShape: unknown;
}
const isSparse = (value: unknown): value is Sparse =>
  typeof value === 'object' && value !== null && 'denseShape' in value;
function plain(value: unknown): unknown {
  if (value instanceof tf.NDArray) return plain(value.toArray());
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return Number(value);
  if (isSparse(value)) return [value.indices, value.values, value.denseShape].map(plain);
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)]));
  return value;
}
const text = (error: unknown): string => {
  const { name, message } = error as Error;
  return `${name}: ${message.split('\n')[0]}`;
};

/** TensorFlow shows a whole node where we name it. */
const asNamed = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replace(/^(ValueError: Error while converting )(?:name: "([^"]*)"|([^ ,]*),).*/, '$1$2$3')
    : value;
/** What TensorFlow has no converter for, or what fails there in a run, and ours gives. */
const CONVERTED: Readonly<Record<string, unknown>> = {
  largest_place: [2, 0, 2, 1],
  norms: [3.25, 5, 17.625, 8.53125],
  filled: [
    [0.5, 0.5],
    [3, 3],
    [2, 2],
    [1, 1],
  ],
  slopes_of_loops: [
    [0.5, 13.5, 32],
    [108, 0, 4],
    [32, 62.5, 500],
    [4, 256, 0.0625],
  ],
  sparse_cross_entropy: [[1.1041], [3.1698], [2.6239], [0.0707]],
};
/** Where 1.15's nodes are not ours. */
const LEFT_OUT: Readonly<Record<string, (line: string) => string | null>> = {
  // A check that 0 is 0, of an axis that was 0 while the graph was built.
  ...each('gathers_of_the_row gathers_of_the_row_by_the_row slopes_of_gathers', (line) =>
    line.startsWith('.assert_equal_1') ? null : line.replace(', ^.assert_equal_1/Assert/Assert', ''),
  ),
  // What the derivative alone reads is no list by channel: TensorFlow's reshape of it fails unless it is rewritten.
  ...each('batch_norm_of_a_row batch_norm_statistics slopes_of_batch_norm', (line) =>
    /^\.(Shape_10|strided_slice_5|concat_9|Reshape_10)\b/.test(line)
      ? null
      : line.replace(
          '(loop_body/FusedBatchNormV3/pfor/Reshape_10,',
          '(loop_body/FusedBatchNormV3/pfor/FusedBatchNormV3:5,',
        ),
  ),
  // Without its dimensions by name one row would lose the one of the rows, too.
  squeezes_all: (line) => line.replace('Squeeze(loop_body/Reshape/pfor/Reshape)', '$& squeeze_dims=[1 3]'),
};
/** What is made in another way: without a loop, where TensorFlow writes each row's sparse tensor down and reads all. */
const OTHER_NODES: ReadonlySet<string> = new Set(['sparse_results']);
function each<T>(names: string, value: T): Record<string, T> {
  return Object.fromEntries(names.split(' ').map((name) => [name, value]));
}

test('every recorded program is here', () => {
  expect(Object.keys(ALL).sort()).toEqual(Object.keys(FILE.programs).sort());
});
describe.each(devices())('on $title', (mode) => {
  const warned = linesSaid();
  test.each(Object.keys(ALL))('%s', (name) => {
    tf.resetDefaultGraph();
    const graph = tf.getDefaultGraph();
    const said: unknown[] = [];
    const run = ((fetch: never, feed?: never) => {
      const session = open(graph, mode);
      session.run(tf.getCollection('init') as never);
      try {
        said.push(plain(session.run(fetch, feed)));
      } catch (error) {
        said.push(text(error));
      }
    }) as unknown as VectorizedRun;
    run.say = (value) => said.push(value);
    run.build = (body) => {
      try {
        body();
        said.push('built');
      } catch (error) {
        said.push(text(error));
      }
    };
    ALL[name](run);
    const { nodes, said: wanted, warned: warnings } = FILE.programs[name];
    if (name in CONVERTED) {
      expectNear(said, [CONVERTED[name]]);
      expect(wanted).toEqual([
        expect.stringMatching(
          /^(ValueError: No converter defined|InvalidArgumentError: Inputs to operation .* must have the same size)/,
        ),
      ]);
      return;
    }
    const left = LEFT_OUT[name] ?? ((line: string) => line);
    const lines = nodes.split(' ').flatMap((at) => left(FILE.lines[Number(at)]) ?? []);
    if (!OTHER_NODES.has(name)) expect(linesOf(graph)).toEqual(lines);
    expectNear(said.map(asNamed), wanted.map(asNamed));
    expect(warned.filter((line) => line.startsWith('WARNING'))).toEqual(
      warnings.map((line) => `WARNING:tensorflow:${line}\n`),
    );
  });
});
