/** Graphs as the recorder writes them, compared with TensorFlow's node by node. */
import * as tf from '../src';
import type { DType } from '../src/base/dtype';
import { NDArray } from '../src/base/ndarray';
import { TensorShape } from '../src/base/shape';
import type { AttrValue } from '../src/graph/opdef';
import { type JsonNode, fixture } from './recorded';

/** An attribute as the recorder writes it. */
export function attrJson(value: AttrValue): unknown {
  if (value instanceof TensorShape) return value.dims;
  if (value instanceof NDArray)
    return {
      dtype: value.dtype.name,
      shape: [...value.shape],
      data: Array.from(value.data as Float64Array, (v) => (typeof v === 'bigint' ? Number(v) : v)),
    };
  if (Array.isArray(value)) return value.map((v) => attrJson(v as AttrValue));
  if (typeof value === 'object' && 'isRef' in value) return (value as DType).name;
  return value;
}
export function approx(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    return String(value).toLowerCase().replace('infinity', 'inf');
  // As 32 bits, so that the shortest decimal of a float is rounded as the float itself is.
  if (typeof value === 'number' && !Number.isInteger(value)) {
    const float = Math.fround(value);
    return Number((Number.isFinite(float) ? float : value).toPrecision(6));
  }
  if (Array.isArray(value)) return value.map(approx);
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, approx(v)]));
  return value;
}
/** What the recorder writes of a graph. */
export function graphJson(graph: tf.Graph): JsonNode[] {
  return graph.getOperations().map((op) => ({
    name: op.name,
    op: op.type,
    input: op.inputs.map((t) => (t.valueIndex === 0 ? t.op.name : t.name)),
    control: op.controlInputs.map((c) => c.name).sort(),
    attr: Object.fromEntries(
      op.attrNames
        .filter((n) => n !== '_class')
        .sort()
        .map((n) => [n, attrJson(op.getAttr(n))]),
    ),
    colocate: op.attrNames.includes('_class') ? [...op.attr('_class', 'list(string)')].sort() : [],
    shape: op.outputs.map((t) => (t.shape.dims ? [...t.shape.dims] : null)),
    dtype: op.outputs.map((t) => t.dtype.name),
  }));
}
/** A test that a function makes the nodes that TensorFlow makes. */
export function sameGraph(stem: string, title: string, build: (t: typeof tf) => unknown): void {
  test(`makes TensorFlow's graph: ${title}`, () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      build(tf);
    });
    expectNodes(graph, fixture(stem).graphs[title]);
  });
}
/** Compares a graph with what was recorded of TensorFlow's. */
export function expectNodes(graph: tf.Graph, want: readonly JsonNode[]): void {
  expect(approx(graphJson(graph))).toEqual(approx(want));
}
