/** Runs the rows that were recorded from real TensorFlow, on every device, and compares graphs node by node. */
import * as tf from '../src';
import { asDtype, type DType } from '../src/base/dtype';
import { isHalf } from '../src/base/half';
import { NDArray } from '../src/base/ndarray';
import { applyOp } from '../src/graph/apply';
import { definitionOf, type AttrValue } from '../src/graph/opdef';
import { TensorShape } from '../src/base/shape';
import { openDevice } from '../src/kernels/devices';
import { hostKernel, statefulKernel } from '../src/kernels/registry';
import { type JsonArray, type JsonRow, expectClose, fixture, fromJson } from './recorded';
import { type Mode, devices, everything, open } from './devices';
import { attrJson } from './graph-json';
export { type Mode, devices, open } from './devices';
export { attrJson, graphJson, sameGraph } from './graph-json';
export { type JsonNode, expectClose, fixture, fromJson } from './recorded';

export function attrFromJson(type: string, name: string, value: unknown): AttrValue {
  const kind = definitionOf(type).attr(name)?.kind;
  if (kind === 'type') return asDtype(value as string);
  if (kind === 'list(type)') return (value as string[]).map((v) => asDtype(v));
  if (kind === 'shape') return new TensorShape(value as number[]);
  if (kind === 'list(shape)') return (value as number[][]).map((dims) => new TensorShape(dims));
  return value as AttrValue;
}

interface Built {
  op: tf.Operation;
  feeds: [tf.Tensor, NDArray][];
  inputs: tf.Tensor[];
}
function build(row: JsonRow, as?: DType): Built {
  const feeds: [tf.Tensor, NDArray][] = [];
  const inputs: tf.Tensor[] = [];
  const one = (j: JsonArray): tf.Tensor => {
    const array = fromJson(j, j.dtype === 'float32' ? as : undefined);
    const t = j.const
      ? tf.constant(array, null, null, { name: 'c' })
      : tf.placeholder(array.dtype, row.dynamic ? null : array.shape, { name: 'x' });
    if (!j.const) feeds.push([t, array]);
    inputs.push(t);
    return t;
  };
  const edges = row.inputs.map((j) => (Array.isArray(j) ? j.map(one) : one(j)));
  const attrs = Object.fromEntries(
    Object.entries(row.attrs).map(([k, v]) => [k, attrFromJson(row.op, k, as && v === 'float32' ? as.name : v)]),
  );
  // The type of an internal op is no name for a node.
  return { op: applyOp(row.op, edges, attrs, row.op.startsWith('_') ? row.op.slice(1) : undefined), feeds, inputs };
}
function isFloat(t: tf.Tensor): boolean {
  return t.dtype.isFloating;
}
function gradientsOf(row: JsonRow, { op, inputs }: Built, as?: DType): (tf.Tensor | tf.IndexedSlices | null)[] {
  const ys = op.outputs.filter(isFloat);
  const gys = row.gradYs!.map((j) => tf.constant(fromJson(j, as), null, null, { name: 'g' }));
  return tf.gradients(ys, inputs.filter(isFloat), { gradYs: gys });
}

/** One test per row and mode: values, shapes, attributes, gradients, errors, and nothing left behind. */
export function sweep(
  stem: string,
  {
    tolerance,
    firstOrderOnly = [],
    firstOrderAlone = [],
  }: {
    tolerance?: number;
    /** Op types whose second derivative TensorFlow leaves incomplete. */
    firstOrderOnly?: readonly string[];
    /** Rows whose first derivative has none: nothing is there to compare. */
    firstOrderAlone?: readonly string[];
  } = {},
): void {
  const { rows } = fixture(stem);
  if (everything) {
    describe(`${stem} on host`, () => {
      for (const row of rows) test(row.name, () => check(row, { ...devices()[0], placement: 'host' }, tolerance));
    });
    describe(`${stem}: second derivatives agree with differences of first ones`, () => {
      for (const row of rows)
        if (row.grads?.some(Boolean) && row.gradCheck && allowsDouble(row) && !firstOrderOnly.includes(row.op))
          test(row.name, () => {
            // Counted, so that none passes by comparing nothing.
            expect(checkSecondOrder(row) > 0).toBe(!firstOrderAlone.includes(row.name));
          });
    });
  }
  // Where the device has no kernel, its session would run the host's again.
  for (const { device } of devices()) {
    const served = rows.filter((row) => isServed(row, device));
    if (!served.length)
      test(`${stem} on ${device}: all rows are left to the host`, () => {
        for (const row of rows) expect(isServed(row, device)).toBe(false);
      });
    else
      describe(`${stem} on ${device}`, () => {
        for (const row of served)
          test(row.name, () => check(row, { title: device, device, placement: 'device' }, tolerance));
      });
  }
}
/** Whether a device has a kernel of its own for the op of a row. One that cannot be built has none. */
export function isServed(row: JsonRow, kind: Mode['device']): boolean {
  const graph = new tf.Graph();
  let op: tf.Operation;
  try {
    op = graph.asDefault(() => build(row).op);
  } catch {
    return false;
  }
  const device = openDevice(kind);
  if (statefulKernel(op.type) || hostKernel(op.type)?.only) return false;
  const attrs = Object.fromEntries(op.attrNames.map((name) => [name, op.getAttr(name)]));
  const node = { def: op.def, type: op.type, name: op.name, attrs, outputTypes: op.outputs.map((t) => t.dtype) };
  const types = op.inputs.map((t) => t.dtype.baseDtype);
  const fixed = row.inputs.flat().map((json) => (json.const ? fromJson(json) : null));
  return device.kernelFor(node, types, (i) => fixed[i]) !== null;
}

function check(row: JsonRow, mode: Mode, tolerance?: number): void {
  const graph = new tf.Graph();
  const sess = open(graph, mode);
  graph.asDefault(() => {
    const before = sess.device.tensorsAlive();
    if (row.error) {
      let caught: Error | null = null;
      try {
        const b = build(row);
        sess.run(b.op.outputs.length ? b.op.outputs : [b.op], b.feeds);
      } catch (error) {
        caught = error as Error;
      }
      expect(caught?.message.split('\n')[0]).toBe(row.error.message);
      expect(caught!.name).toBe(row.error.type);
      sess.close();
      expect(sess.device.tensorsAlive()).toBe(before);
      return;
    }
    const built = build(row);
    expect(built.op.outputs.map((t) => t.shape.dims)).toEqual(row.static);
    for (const [name, value] of Object.entries(row.attr ?? {}))
      expect({ [name]: attrJson(built.op.getAttr(name)) }).toEqual({ [name]: value });
    const values = sess.run([...built.op.outputs], built.feeds) as unknown[];
    row.outputs!.forEach((want, k) => want && expectClose(values[k], want, tolerance));
    if (row.gradCheck && row.gradYs) {
      const first = graph.getOperations().length;
      const grads = gradientsOf(row, built);
      // TensorFlow makes its `g` constants before it opens the scope; here they are counted alike.
      const made = graph
        .getOperations()
        .slice(first)
        .map((op) => [op.name, op.type]);
      expect(made).toEqual(row.gradNodes);
      grads.forEach((g, k) => {
        const want = row.grads![k];
        if (g === null || want === null) {
          expect(g).toBe(want);
          return;
        }
        expectClose(sess.run(tf.convertToTensor(g), built.feeds), want, tolerance);
      });
    }
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(before);
  });
}

function allowsDouble(row: JsonRow): boolean {
  // Of 16 bits the differences would be rounding; the same ops have rows of 32.
  if (row.inputs.flat().some((j) => isHalf(asDtype(j.dtype)))) return false;
  const def = definitionOf(row.op);
  // What gives floats of 32 bits whatever comes takes their gradients in them.
  if (def.outputs.some(({ dtype }) => dtype === tf.float32)) return false;
  return def.inputs.every((arg, i) => {
    const j = [row.inputs[i]].flat()[0];
    return (
      j?.dtype !== 'float32' ||
      (arg.typeAttr !== null && (def.attr(arg.typeAttr)?.allowed?.includes(tf.float64) ?? true))
    );
  });
}
/**
 * d/dx of (first gradient · v), along u: symbolic against central differences, in float64 on the host. How many were
 * compared.
 */
function checkSecondOrder(row: JsonRow): number {
  let compared = 0;
  const graph = new tf.Graph();
  const mode: Mode = { title: 'host', device: devices()[0].device, placement: 'host' };
  graph.asDefault(() => {
    const built = build(row, tf.float64);
    const xs = built.inputs.filter((t) => isFloat(t) && built.feeds.some(([f]) => f === t));
    const ys = built.op.outputs.filter(isFloat);
    const gys = row.gradYs!.map((j) => tf.constant(fromJson(j, tf.float64)));
    const dense = (g: tf.Tensor | tf.IndexedSlices | null): tf.Tensor | null => g && tf.convertToTensor(g);
    const firsts = tf.gradients(ys, xs, { gradYs: gys }).map(dense);
    const sess = open(graph, mode);
    const data = new Map(built.feeds);
    const random = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => Math.sin(12.9898 * (i + 1)));
    firsts.forEach((g) => {
      if (!g) return;
      const shape = data.get(xs[firsts.indexOf(g)])!.shape;
      const v = tf.constant(new NDArray(tf.float64, shape, random(shape.reduce((a, b) => a * b, 1))));
      let seconds: (tf.Tensor | null)[];
      try {
        seconds = tf.gradients([tf.reduceSum(g.mul(v))], xs).map(dense);
      } catch (error) {
        if (error instanceof tf.errors.LookupError) return;
        throw error;
      }
      xs.forEach((x, k) => {
        const at = data.get(x)!;
        const u = random(at.size).map((w) => Math.cos(w * 7));
        const shifted = (e: number): [tf.Tensor, NDArray][] =>
          built.feeds.map(([t, a]) => [
            t,
            t === x
              ? new NDArray(
                  a.dtype,
                  a.shape,
                  (a.data as Float64Array).map((w, i) => w + e * u[i]),
                )
              : a,
          ]);
        const projected = (e: number): number => sum(sess.run(tf.reduceSum(g.mul(v)), shifted(e)) as number);
        const delta = 1e-5;
        const numeric = (projected(delta) - projected(-delta)) / (2 * delta);
        const second = seconds[k];
        compared++;
        const symbolic = second ? dot(sess.run(second, built.feeds) as unknown, u) : 0;
        if (!(Math.abs(numeric - symbolic) <= 1e-4 * Math.max(1, Math.abs(numeric))))
          throw new Error(`second derivative: differences give ${numeric}, the graph ${symbolic}`);
      });
    });
    sess.close();
  });
  return compared;
}
function sum(x: number): number {
  return x;
}
function dot(a: unknown, u: Float64Array): number {
  if (a instanceof NDArray) return (a.data as Float64Array).reduce((s, w, i) => s + w * u[i], 0);
  return (a as number) * u[0];
}
