/**
 * Programs as data: nodes made by op type, what is fed, and whether gradients are asked for. They are printed, made
 * smaller, and sent to another TensorFlow as they are.
 */
import * as tf from '../../src';
import { asDtype } from '../../src/base/dtype';
import type { NDArray } from '../../src/base/ndarray';
import { TensorShape } from '../../src/base/shape';
import { applyOp } from '../../src/graph/apply';
import type { AttrValue } from '../../src/graph/opdef';
import { fromJson } from '../recorded';

export interface JsonValue {
  readonly dtype: string;
  readonly shape: number[];
  readonly data: (number | string)[];
}
export type JsonDims = (number | null)[] | null;
/** An output of an earlier node. */
export type Ref = readonly [node: number, output: number];
export type JsonAttr = number | string | boolean | null | { type: string } | { shape: JsonDims } | JsonAttr[];
export type Node =
  | { readonly kind: 'placeholder'; readonly shape: JsonDims; readonly value: JsonValue }
  | { readonly kind: 'const'; readonly value: JsonValue }
  | {
      readonly kind: 'op';
      readonly type: string;
      readonly inputs: readonly (Ref | readonly Ref[])[];
      readonly attrs: Readonly<Record<string, JsonAttr>>;
    };
export interface Program {
  readonly nodes: readonly Node[];
  /** The node whose floating outputs are differentiated by all floating placeholders and constants. */
  readonly gradientOf: number | null;
}

export const isRef = (x: Ref | readonly Ref[]): x is Ref => typeof x[0] === 'number';
export const refsOf = (node: Node): Ref[] =>
  node.kind === 'op' ? node.inputs.flatMap((i) => (isRef(i) ? [i] : [...i])) : [];

/** An array as programs write it. */
export function toJson({ dtype, shape, data }: NDArray): JsonValue {
  const one = (v: number | bigint | string): number | string =>
    typeof v === 'bigint'
      ? String(v)
      : typeof v === 'string' || (Number.isFinite(v) && !Object.is(v, -0))
        ? v
        : word(v);
  return { dtype: dtype.name, shape: [...shape], data: Array.from(data as ArrayLike<number | string>, one) };
}
function word(v: number): string {
  return Number.isNaN(v) ? 'nan' : v === 0 ? '-0' : v > 0 ? 'inf' : '-inf';
}
export function attrFrom(value: JsonAttr): AttrValue {
  if (Array.isArray(value)) return value.map((v) => attrFrom(v)) as AttrValue;
  if (value && typeof value === 'object') {
    if ('type' in value) return asDtype(value.type);
    return new TensorShape(value.shape);
  }
  return value as AttrValue;
}

export interface Built {
  readonly ops: readonly tf.Operation[];
  readonly feeds: readonly (readonly [tf.Tensor, NDArray])[];
  readonly gradients: readonly (tf.Tensor | null)[];
  /** Why the rest was not made. */
  readonly refused: { readonly at: number; readonly error: Error } | null;
}
/**
 * Makes a program's nodes in the default graph.
 *
 * @param first  the number of its first node
 * @param before  the nodes before that
 */
export function build({ nodes, gradientOf }: Program, first = 0, before: readonly tf.Operation[] = []): Built {
  const ops: tf.Operation[] = [];
  const feeds: [tf.Tensor, NDArray][] = [];
  const ref = ([n, k]: Ref): tf.Tensor => (n < first ? before[n] : ops[n - first]).outputs[k];
  for (const [at, node] of nodes.entries()) {
    const i = first + at;
    try {
      if (node.kind === 'op') {
        const attrs = Object.entries(node.attrs).map(([k, v]) => [k, attrFrom(v)]);
        const inputs = node.inputs.map((x) => (isRef(x) ? ref(x) : x.map(ref)));
        ops.push(applyOp(node.type, inputs, Object.fromEntries(attrs), `n${i}`));
      } else {
        const array = fromJson(node.value);
        if (node.kind === 'const') ops.push(tf.constant(array, null, null, { name: `n${i}` }).op);
        else {
          const x = tf.placeholder(array.dtype, node.shape, { name: `n${i}` });
          ops.push(x.op);
          feeds.push([x, array]);
        }
      }
    } catch (error) {
      return { ops, feeds, gradients: [], refused: { at: i, error: error as Error } };
    }
  }
  let gradients: (tf.Tensor | null)[] = [];
  if (gradientOf !== null) {
    try {
      const ys = ops[gradientOf].outputs.filter((t) => t.dtype.isFloating);
      const grads = tf.gradients(
        ys,
        sourcesOf(nodes).map((k) => ops[k].outputs[0]),
      );
      gradients = grads.map((g) => g && tf.convertToTensor(g));
    } catch (error) {
      return { ops, feeds, gradients: [], refused: { at: nodes.length, error: error as Error } };
    }
  }
  return { ops, feeds, gradients, refused: null };
}
/** What gradients are taken by. */
export function sourcesOf(nodes: readonly Node[]): number[] {
  return nodes.flatMap((n, k) => (n.kind !== 'op' && asDtype(n.value.dtype).isFloating ? [k] : []));
}

/** A program as people read it, and, last, as `--program` takes it. */
export function print(program: Program): string {
  const name = ([n, k]: Ref): string => (k ? `n${n}:${k}` : `n${n}`);
  const value = ({ dtype, shape, data }: JsonValue): string =>
    `${dtype}[${shape}] ${data.length > 24 ? `${data.slice(0, 24).join(', ')}, …` : data.join(', ')}`;
  const dims = (shape: JsonDims): string => (shape ? `[${shape.map((d) => d ?? '?')}]` : '<unknown>');
  const lines = program.nodes.map((node, i) => {
    if (node.kind === 'const') return `n${i} = constant ${value(node.value)}`;
    if (node.kind === 'placeholder') return `n${i} = placeholder ${dims(node.shape)} fed ${value(node.value)}`;
    const inputs = node.inputs.map((x) => (isRef(x) ? name(x) : `[${x.map(name).join(', ')}]`)).join(', ');
    return `n${i} = ${node.type}(${inputs}) ${Object.keys(node.attrs).length ? JSON.stringify(node.attrs) : ''}`;
  });
  if (program.gradientOf !== null) lines.push(`gradients of n${program.gradientOf} by all floating sources`);
  return `${lines.join('\n')}\n--program '${JSON.stringify(program)}'`;
}
