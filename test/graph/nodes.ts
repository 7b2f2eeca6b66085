/** Public functions' graphs beside those of TensorFlow 1.15: recorded by fixtures/record/nodes.py. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '../../src';
import { graphJson } from '../graph-json';
import type { JsonNode } from '../recorded';

export interface Recorded {
  /** The call in Python. */
  readonly python: string;
  /** What gradients of the first result are taken by; their nodes come after '-'. */
  readonly wrt: readonly string[];
  readonly nodes: readonly string[];
}
export const RECORDED: Readonly<Record<string, Recorded>> = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/nodes.json'), 'utf8'),
);

const sorted = (value: unknown): unknown =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
/** Values of constants are compared elsewhere; numbers with a fraction print in two ways. */
const isPlain = ([, value]: [string, unknown]): boolean =>
  !(typeof value === 'number' && !Number.isInteger(value)) &&
  !(typeof value === 'object' && value !== null && 'data' in value);
const word = (value: unknown): string =>
  typeof value === 'string' && /^[\w:@/.]+$/.test(value) ? value : JSON.stringify(sorted(value));
/** `y=Sum(x,axis) T=float32 keep_dims=false`: the name, the type, the edges, the attributes; `~` is `gradients/`. */
function line({ name, op, input, control, attr }: JsonNode): string {
  const attrs = Object.entries(attr)
    .filter(isPlain)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${word(value)}`);
  const call = `${name}=${op}(${[...input, ...control.map((c) => `^${c}`)].join()})`;
  // A gradient of one's own is numbered.
  return [call.replaceAll('gradients/', '~'), ...attrs].join(' ').replace(/CustomGradient-\d+/, 'CustomGradient');
}

/** The nodes that a call makes here, with those of its gradients. */
export function nodesOf(call: string, { wrt }: Recorded): string[] {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const operands = {
      x: tf.placeholder(tf.float32, [2, 3], { name: 'x' }),
      y: tf.placeholder(tf.float32, [2, 3], { name: 'y' }),
      m: tf.placeholder(tf.float32, [3, 2], { name: 'm' }),
      v: tf.placeholder(tf.float32, [3], { name: 'v' }),
      s: tf.placeholder(tf.float32, [], { name: 's' }),
      u: tf.placeholder(tf.float32, null, { name: 'u' }),
      n: tf.placeholder(tf.float32, [null, 3], { name: 'n' }),
      i: tf.placeholder(tf.int32, [2], { name: 'i' }),
      j: tf.placeholder(tf.int32, [2, 3], { name: 'j' }),
      b: tf.placeholder(tf.bool, [2, 3], { name: 'b' }),
      img: tf.placeholder(tf.float32, [1, 4, 4, 1], { name: 'img' }),
      k: tf.placeholder(tf.float32, [2, 2, 1, 1], { name: 'k' }),
      q: tf.placeholder(tf.float32, [2, 2], { name: 'q' }),
    };
    const before = graph.getOperations().length;
    const made: unknown = new Function('tf', ...Object.keys(operands), `return ${call};`)(
      tf,
      ...Object.values(operands),
    );
    const forward = graph.getOperations().length;
    const results: readonly unknown[] = Array.isArray(made) ? made : [made];
    const y = results.find((t): t is tf.Tensor => t instanceof tf.Tensor && t.dtype.isFloating);
    const chosen = Object.entries(operands).filter(([name]) => wrt.includes(name));
    if (y && chosen.length)
      tf.gradients(
        y,
        chosen.map(([, tensor]) => tensor),
      );
    const lines = graphJson(graph).map(line);
    const gradient = chosen.length ? ['-', ...lines.slice(forward)] : [];
    return [...lines.slice(before, forward), ...gradient];
  });
}

/** Why a function's graph is another one; its calls without a reason here fail the test. */
const REASONS: Readonly<Record<string, string>> = {};
/** A function's name, of a call of it. */
export const functionOf = (call: string): string => call.slice(0, call.indexOf('('));

/** What is said of a call whose nodes differ; null for one whose nodes are TensorFlow's. */
export function difference(call: string, recorded: Recorded): string | null {
  const made = nodesOf(call, recorded);
  if (made.join('\n') === recorded.nodes.join('\n')) return null;
  const isSame = (key: (line: string) => string): boolean =>
    made.map(key).sort().join('\n') === recorded.nodes.map(key).sort().join('\n');
  if (isSame((each) => each)) return 'the same nodes in another order';
  if (isSame((each) => each.split(' ')[0])) return 'an attribute';
  const count = (lines: readonly string[]): number => lines.filter((each) => each !== '-').length;
  return `${count(made)} nodes, ${count(recorded.nodes)} in Python`;
}
export const PAGE = path.join(__dirname, '../../docs/from-python.md');
export const MARKS = ['<!-- nodes: written by `npm run node-list` -->', '<!-- end of nodes -->'] as const;
/** The section of docs/from-python.md: each function whose graph is not TensorFlow's. */
export function nodeList(): string {
  const rows = new Map<string, string>();
  for (const [call, recorded] of Object.entries(RECORDED)) {
    const found = difference(call, recorded);
    const name = functionOf(call);
    if (found && !rows.has(name)) rows.set(name, `| \`${call}\` | ${found} | ${REASONS[name] ?? 'not known'} |`);
  }
  const calls = Object.keys(RECORDED).length;
  const functions = new Set(Object.keys(RECORDED).map(functionOf)).size;
  return [
    MARKS[0],
    '',
    `Of ${functions} functions in ${calls} calls, with their gradients, recorded from TensorFlow 1.15.5, ` +
      (rows.size ? 'these' : 'none'),
    rows.size ? 'make other nodes:' : 'makes other nodes.',
    '',
    ...(rows.size ? ['| Call | What differs | Why |', '|---|---|---|', ...rows.values(), ''] : []),
    MARKS[1],
  ].join('\n');
}
