/** Messages of graphs with functions, in a form that can be compared. */
import * as tf from '../src';
import { NDArray } from '../src/base/ndarray';
import { type Attr, Func } from '../src/format/attr';
import type { decodeGraph } from '../src/format/graphdef';
import type { NodeMessage } from '../src/format/node-def';
import { approx } from './graph-json';

type Message = ReturnType<typeof decodeGraph>;

/** Names of functions have numbers that count in the process: here by their order. */
function renaming({ library }: Message): (name: string) => string {
  const numbersIn = (name: string): string[] => [...name.matchAll(/_(\d+)(?=_grad|_rewritten|$)/g)].map(([, n]) => n);
  const all = new Set((library?.functions ?? []).flatMap(({ signature }) => numbersIn(signature.name)));
  const order = [...all].sort((a, b) => Number(a) - Number(b));
  return (name) => name.replace(/_(\d+)(?=_grad|_rewritten|$)/g, (_, n: string) => `_#${order.indexOf(n)}`);
}
function shown(value: unknown, rename: (name: string) => string): unknown {
  if (value instanceof Func) return `function ${rename(value.name)}`;
  if (value instanceof tf.TensorShape) return value.dims;
  if (value instanceof NDArray)
    return { dtype: value.dtype.name, shape: [...value.shape], data: approx(Array.from(value.data as never, Number)) };
  if (Array.isArray(value)) return value.map((each) => shown(each, rename));
  return value instanceof tf.DType ? value.name : value;
}
function nodesIn(nodes: readonly NodeMessage[], rename: (name: string) => string): unknown {
  return nodes.map(({ name, op, input, attr }) => ({
    name,
    op: rename(op),
    input: [...input.filter((edge) => !edge.startsWith('^')), ...input.filter((edge) => edge.startsWith('^')).sort()],
    attr: Object.fromEntries(
      Object.entries(attr)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, { value }]: [string, Attr]) => [key, shown(value, rename)]),
    ),
  }));
}
/** A message as it can be compared. */
export function comparable(message: Message): unknown {
  const rename = renaming(message);
  const functions = (message.library?.functions ?? []).map(({ signature, nodes, ret, attrs }) => ({
    name: rename(signature.name),
    inputs: signature.inputs.map(({ name, type }) => `${name}: ${type?.name}`),
    outputs: signature.outputs.map(({ name, type }) => `${name}: ${type?.name}`),
    isStateful: signature.isStateful,
    nodes: nodesIn(nodes, rename),
    ret,
    attrs: Object.keys(attrs).sort(),
  }));
  functions.sort((a, b) => (a.name < b.name ? -1 : 1));
  const gradients = (message.library?.gradients ?? []).map((g) => [rename(g.functionName), rename(g.gradientFunc)]);
  return { nodes: nodesIn(message.nodes, rename), functions, gradients };
}
