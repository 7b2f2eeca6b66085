/** What is seen of a program, as plain data: nodes, feeds, values, errors. */
import * as tf from '../../src';
import { isConvertible } from '../../src/graph/constant';
import type { Graph, Operation, Tensor } from '../../src/graph/graph';
import { GraphKeys } from '../../src/graph/keys';
import type { Trace } from '../../src/graph/trace';
import type { NonFinite } from '../last-runs';
import { PIXELS } from './sizes';
import type { Edge, Failure, FeedRecord, NodeRecord, NonFiniteRecord, Place, Spread } from './record';

const KNOWN_ELEMENTS = 64;
const SAMPLED = 4096;
const CLI = __dirname;

export function nodeRecord(op: Operation): NodeRecord {
  const attrs: Record<string, number | string | boolean> = {};
  for (const name of op.attrNames) {
    const value = op.getAttr(name);
    if (typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value.length < 100))
      attrs[name] = value;
  }
  return {
    op: op.type,
    name: op.name,
    attrs,
    at: placeOf(op.trace),
    inputs: op.inputs.map((t): Edge => [t.op.id, t.valueIndex]),
    controls: op.controlInputs.map((c) => c.id),
    outputs: op.outputs.map((t) => ({
      dtype: t.dtype.baseDtype.name,
      shape: t.shape.dims ?? null,
      ref: t.dtype.isRef,
    })),
    isLocal: op.graph.getCollection<tf.Variable>(GraphKeys.LOCAL_VARIABLES).some((v) => v.op === op),
    gradientOf: op.originalOp?.id ?? null,
    value: known(op),
  };
}
function known(op: Operation): readonly number[] | null {
  if (op.outputs.length !== 1 || op.outputs[0].dtype.isRef || op.type === 'Placeholder') return null;
  const size =
    op.outputs[0].shape.dims?.reduce<number | null>((n, d) => (n === null || d === null ? null : n * d), 1) ?? null;
  if (
    op.type === 'Const'
      ? (size ?? KNOWN_ELEMENTS + 1) > KNOWN_ELEMENTS
      : !['Pack', 'Cast', 'Neg', 'ConcatV2', 'Sub', 'Mul'].includes(op.type) || size === null || size > 8
  )
    return null;
  try {
    const value = tf.getStaticValue(op.outputs[0]);
    return value && typeof value.data[0] !== 'string' ? Array.from(value.data as ArrayLike<number>, Number) : null;
  } catch {
    return null;
  }
}

/** The innermost line of the program's own. */
export function placeOf(trace: Trace): Place | null {
  return trace.frames.find(({ file }) => !file.startsWith(CLI)) ?? null;
}

export function feedRecord(graph: Graph, key: unknown, value: unknown, look: boolean): FeedRecord[] {
  try {
    const name = typeof key === 'string' && !key.includes(':') ? `${key}:0` : key;
    const tensor = graph.asGraphElement(isConvertible(name) ? name.asTensor(true) : name, true, false) as Tensor;
    const data = value instanceof tf.NDArray ? value.data : value;
    const size = sizeOf(data);
    const edge: Edge = [tensor.op.id, tensor.valueIndex];
    const shape = shapeOf(value, size, tensor);
    if (!look) return [{ tensor: edge, shape, hash: 0, least: 0, most: 0 }];
    const sample = sampleOf(data, size);
    return [{ tensor: edge, shape, hash: hashOf(sample, size), ...spreadOf(sample) }];
  } catch {
    return [];
  }
}
/** How many elements there are in data of any kind: a number, a typed array, lists of these in each other. */
function sizeOf(data: unknown): number {
  if (isTypedArray(data)) return data.length;
  if (!Array.isArray(data)) return 1;
  return data.length && isTypedArray(data[0])
    ? data.reduce<number>((sum, part) => sum + sizeOf(part), 0)
    : data.length * sizeOf(data[0] ?? []);
}
const isTypedArray = (data: unknown): data is ArrayLike<unknown> & ArrayBufferView =>
  ArrayBuffer.isView(data) && 'length' in data;
/** Some elements, spread over the data: of lists in each other no others are looked at. */
function sampleOf(data: unknown, size: number): Float64Array {
  const stride = Math.max(1, size / SAMPLED);
  const sample = new Float64Array(Math.ceil(size / stride));
  for (let i = 0; i < sample.length; i++) sample[i] = elementAt(data, size, Math.floor(i * stride));
  return sample;
}
function elementAt(data: unknown, size: number, index: number): number {
  let [at, count, i] = [data, size, index];
  while (Array.isArray(at)) {
    const list: readonly unknown[] = at;
    const each = count / list.length;
    at = list[Math.floor(i / each)];
    [i, count] = [Math.round(i % each), each];
  }
  return Number(isTypedArray(at) ? at[i] : at);
}
/** The shape that data takes where it is fed: its own, or the placeholder's with the open dimension worked out. */
function shapeOf(value: unknown, size: number, tensor: Tensor): number[] {
  if (value instanceof tf.NDArray) return [...value.shape];
  if (Array.isArray(value) && !ArrayBuffer.isView(value[0])) {
    const shape: number[] = [];
    for (let at: unknown = value; Array.isArray(at); at = at[0]) shape.push(at.length);
    return shape;
  }
  const dims = tensor.shape.dims;
  // Flat pixels for a placeholder of any shape: as many pictures as they make.
  if (!dims)
    return Array.isArray(value)
      ? [value.length, size / value.length]
      : size % PIXELS === 0
        ? [size / PIXELS, PIXELS]
        : [size];
  const rest = dims.reduce<number>((n, d) => n * (d ?? 1), 1);
  return dims.map((d) => d ?? size / rest);
}
/** FNV over elements spread over the data. */
export function hash(data: ArrayLike<number>): number {
  return hashOf(sampleOf(data, data.length), data.length);
}
function hashOf(sample: Float64Array, size: number): number {
  let h = 0x811c9dc5 ^ size;
  for (const x of sample) h = Math.imul(h ^ ((x * 65521) | 0), 0x01000193);
  return h >>> 0;
}
export function spreadOf(data: ArrayLike<number>): Spread {
  let least = Infinity;
  let most = -Infinity;
  let finite = true;
  for (let i = 0; i < data.length; i++) {
    const x = Number(data[i]);
    if (x < least) least = x;
    if (x > most) most = x;
    if (!Number.isFinite(x)) finite = false;
  }
  return { least, most, finite };
}
/** The plain numbers of a result, in the order of its leaves; operations' nulls are none of them. */
export function scalarsOf(result: unknown, count: number): (number | null)[] {
  const leaves: (number | null)[] = [];
  const visit = (x: unknown): void => {
    if (x === null || x === undefined) return;
    if (x instanceof tf.NDArray || ArrayBuffer.isView(x)) leaves.push(null);
    else if (Array.isArray(x)) x.forEach(visit);
    else if (typeof x === 'object') Object.values(x).forEach(visit);
    else leaves.push(typeof x === 'number' ? x : null);
  };
  visit(result);
  return leaves.length === count ? leaves : Array.from({ length: count }, (_, i) => leaves[i] ?? null);
}

/** An error as data, with the innermost line of the program. */
export function failureOf(error: unknown, file: string): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), at: null, op: null };
  const message = error.message.slice(0, 4000);
  const frame = (error.stack ?? '')
    .split('\n')
    .map((line) => /\(?((?:[A-Za-z]:)?[^():]+):(\d+):(\d+)\)?$/.exec(line))
    .find((m) => m && m[1].replace(/^\s*at (async )?/, '').replace('file://', '') === file);
  const op = (error as { op?: { type?: string } | null }).op?.type ?? /\(op: '(\w+)'\)/.exec(message)?.[1] ?? null;
  return {
    name: error.name,
    message,
    at: frame ? { file, line: Number(frame[2]), column: Number(frame[3]) } : null,
    op,
  };
}

/** The finding, without what only a program can use. */
export function nonFiniteRecord({ step, error }: NonFinite): NonFiniteRecord {
  const lines = error.message
    .split('\n')
    .slice(1)
    .filter((line) => line.startsWith('  '))
    .map((line) => line.trim());
  const op = error.op as Operation | null;
  return {
    step,
    node: op?.id ?? null,
    op: op?.type ?? '',
    at: op ? placeOf(op.trace) : null,
    found: lines.filter((line) => !/^(likely cause|fix|error\.replay)/.test(line)),
    cause: lines.flatMap((line) => /^likely cause: (.*)/.exec(line)?.[1] ?? [])[0] ?? null,
  };
}
