/**
 * What programs see of variables that they change on the way, against TensorFlow 1.15.5: reference variables are
 * buffers, resource variables are values. In the first runs, in the rewritten plan, and where whole parts are compiled.
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { NDArray } from '../../src/base/ndarray';
import { applyOp } from '../../src/graph/apply';
import { LAST_RUN } from '../long';
import { devices } from '../sweep';

type Arg = number | string | readonly number[] | { readonly vec: readonly number[] } | { readonly int: number };
type Options = { readonly after: readonly string[] };
type Line = readonly [name: string, fn: string, ...args: (Arg | Options)[]];
/** Shape, first elements, sum. */
type Seen = readonly [shape: number[], first: number[], sum: number];
interface Program {
  readonly title: string;
  readonly resource: boolean;
  readonly lines: readonly Line[];
  readonly fetches: readonly string[];
  readonly runs: readonly number[];
  readonly sizes: readonly number[];
  readonly values: readonly (readonly (readonly Seen[])[])[];
}
const PROGRAMS = JSON.parse(
  readFileSync(path.join(__dirname, '..', 'fixtures', 'reference_variables.json'), 'utf8'),
) as Program[];

type Made = tf.Tensor | tf.Variable | tf.Operation;
type Fn = (...args: never[]) => Made;
const { train } = tf;
const rates = (make: (rate: number) => tf.train.Optimizer): Fn =>
  ((loss: tf.Tensor, rate: number) => make(rate).minimize(loss)) as Fn;
const op = (type: string, ...inputs: (tf.Tensor | tf.Tensor[])[]): tf.Tensor => applyOp(type, inputs).outputs[0];
const halves = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [2, -1]);
const always = (): tf.Tensor => tf.placeholderWithDefault(true, []);
function switched(x: tf.Tensor): readonly tf.Tensor[] {
  return applyOp('Switch', [tf.identity(x), always()]).outputs;
}
function repeated(values: readonly number[], size: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => values[i % values.length]);
}
const SCATTERS: Record<string, typeof tf.scatterAdd> = {
  Update: tf.scatterUpdate,
  Add: tf.scatterAdd,
  Sub: tf.scatterSub,
  Mul: tf.scatterMul,
  Div: tf.scatterDiv,
  Min: tf.scatterMin,
  Max: tf.scatterMax,
  NdUpdate: tf.scatterNdUpdate,
  NdAdd: tf.scatterNdAdd,
  NdSub: tf.scatterNdSub,
};

const FUNCTIONS: Record<string, Fn> = {
  identity: (x: tf.Tensor) => tf.identity(x),
  reshape: (x: tf.Tensor, shape: number[]) => tf.reshape(x, shape),
  stopGradient: (x: tf.Tensor) => tf.stopGradient(x),
  expandDims: (x: tf.Tensor) => tf.expandDims(x, 0),
  squeeze: (x: tf.Tensor) => tf.squeeze(x),
  flat: (x: tf.Tensor) => tf.reshape(x, [-1]),
  readValue: (v: tf.Variable) => v.readValue(),
  identityN: (x: tf.Tensor) => tf.identityN([x, x])[1],
  preventGradient: (x: tf.Tensor) => op('PreventGradient', x),
  withDefault: (v: tf.Variable) => tf.placeholderWithDefault(v, v.shape),
  neg: (x: tf.Tensor) => tf.negative(x),
  double: (x: tf.Tensor) => tf.multiply(x, 2),
  sumNone: (x: tf.Tensor) => tf.reduceSum(x, []),
  transposeSame: (x: tf.Tensor) => tf.transpose(x, [0]),
  tileOnce: (x: tf.Tensor) => tf.tile(x, [1]),
  concatOne: (x: tf.Tensor) => tf.concat([x], 0),
  addNOne: (v: tf.Variable) => op('AddN', [v.value()]),
  ensureShape: (x: tf.Tensor) => tf.ensureShape(x, [null]),
  sliceAll: (x: tf.Tensor) => tf.slice(x, [0], [-1]),
  stridedAll: (v: tf.Variable) => v.value().get([null]),
  sliceHead: (x: tf.Tensor) => tf.slice(x, [0], [2]),
  stridedHead: (v: tf.Variable) => v.value().get([0, 2]),
  stridedOdd: (v: tf.Variable) => v.value().get([1, 3]),
  unstackFirst: (x: tf.Tensor) => tf.unstack(halves(x))[0],
  splitLast: (x: tf.Tensor) => tf.split(x, 2)[1],
  gatherAll: (x: tf.Tensor) => tf.gather(x, tf.range(4)),
  pad: (x: tf.Tensor) => tf.pad(x, [[0, 0]]),
  stackOne: (x: tf.Tensor) => tf.stack([x]),
  where: (v: tf.Variable) => tf.where(tf.greater(v, -1e9), v, v) as tf.Tensor,
  checkNumerics: (x: tf.Tensor) => tf.checkNumerics(x, 'bad'),
  broadcastSame: (x: tf.Tensor) => tf.broadcastTo(x, tf.shape(x)),
  maximumSelf: (x: tf.Tensor) => tf.maximum(x, x),
  rowsHead: (x: tf.Tensor) => tf.reshape(x, [4, -1]).get([0, 2]),
  rowsOdd: (x: tf.Tensor) => tf.reshape(x, [4, -1]).get([1, 3]),
  add: (a: tf.Tensor, b: tf.Tensor) => tf.add(a, b),
  addInt: (a: tf.Tensor, b: number) => tf.add(a, b),
  mul: (a: tf.Tensor, b: tf.Tensor) => tf.multiply(a, b),
  square: (x: tf.Tensor) => tf.reduceMean(tf.square(x)),
  mean: (x: tf.Tensor) => tf.reduceMean(x),
  variance: (x: tf.Tensor) => tf.reduceMean(tf.square(tf.subtract(x, tf.reduceMean(x)))),
  normalize: (x: tf.Tensor, m: tf.Tensor, v: tf.Tensor) => tf.div(tf.subtract(x, m), tf.sqrt(tf.add(v, 0.001))),
  gram: (a: tf.Tensor) => tf.matmul(a, a, { transposeB: true }),
  grad: (y: tf.Tensor, x: tf.Variable) => tf.gradients(y, [x])[0] as tf.Tensor,
  assign: (v: tf.Variable, x: tf.Tensor) => tf.assign(v, x),
  assignAdd: (v: tf.Variable, x: tf.Tensor) => tf.assignAdd(v, x),
  assignSub: (v: tf.Variable, x: tf.Tensor) => tf.assignSub(v, x),
  assignTwice: (v: tf.Variable) => tf.assign(v, tf.multiply(v, 2)),
  assignFed: (v: tf.Variable) =>
    tf.assign(v, tf.placeholderWithDefault(repeated([7, 8, 9, 6], v.shape.numElements()!), v.shape)),
  assignFill: (v: tf.Variable) => tf.assign(v, tf.fill(v.shape, 3)),
  countSteps: (v: tf.Variable) => tf.assign(v, v.add(1)),
  assignDoubled: (v: tf.Variable) => tf.assign(v, tf.concat([v, v], 0), { validateShape: false }),
  assignReshaped: (v: tf.Variable) => tf.assign(v, halves(v.add(1)), { validateShape: false }),
  countUpTo: (v: tf.Variable, limit: number) => tf.countUpTo(v, limit),
  isInitialized: (v: tf.Variable) => tf.isVariableInitialized(v),
  group: (...all: tf.Tensor[]) => tf.group(...all),
  tuple: (...all: tf.Tensor[]) => tf.tuple(all)[0] as tf.Tensor,
  average: (m: tf.Variable, x: tf.Tensor, decay: number) => tf.assignSub(m, m.sub(x).mul(1 - decay)),
  descend: rates((r) => new train.GradientDescentOptimizer(r)),
  momentum: rates((r) => new train.MomentumOptimizer(r, 0.9)),
  nesterov: rates((r) => new train.MomentumOptimizer(r, 0.9, { useNesterov: true })),
  adam: rates((r) => new train.AdamOptimizer(r)),
  adagrad: rates((r) => new train.AdagradOptimizer(r)),
  rmsprop: rates((r) => new train.RMSPropOptimizer(r)),
  centered: rates((r) => new train.RMSPropOptimizer(r, { centered: true })),
  adadelta: rates((r) => new train.AdadeltaOptimizer(r)),
  descendCounted: (loss: tf.Tensor, globalStep: tf.Variable) =>
    new train.GradientDescentOptimizer(0.1).minimize(loss, { globalStep }),
  decayed: (step: tf.Variable) => train.exponentialDecay(0.1, step, 10, 0.5),
  descendAt: (loss: tf.Tensor, rate: tf.Tensor, globalStep: tf.Variable) =>
    new train.GradientDescentOptimizer(rate).minimize(loss, { globalStep }),
  switchTrue: (x: tf.Tensor) => switched(x)[1],
  joined: (x: tf.Tensor) => op('Merge', [...switched(x)]),
  assertNotAbove: (x: tf.Tensor, most: number) => tf.Assert(tf.reduceAll(tf.less(x, most)), [x]),
  ...Object.fromEntries(
    Object.entries(SCATTERS).map(([kind, scatter]): [string, Fn] => [
      `scatter${kind}`,
      (v: tf.Variable, rows: number[], values: number[]) =>
        scatter(v, tf.constant(kind.startsWith('Nd') ? rows.map((r) => [r]) : rows, tf.int32), tf.constant(values)),
    ]),
  ),
};

function build({ lines, resource }: Program, size: number): Record<string, Made> {
  const made: Record<string, Made> = {};
  const argument = (arg: Arg): unknown =>
    typeof arg === 'string'
      ? made[arg]
      : typeof arg !== 'object' || Array.isArray(arg)
        ? arg
        : 'vec' in arg
          ? tf.constant(repeated(arg.vec, size))
          : tf.constant((arg as { int: number }).int, tf.int64);
  for (const [name, fn, ...rest] of lines) {
    const last = rest[rest.length - 1];
    const after = typeof last === 'object' && 'after' in last ? (last as Options).after : [];
    const args = (after.length ? rest.slice(0, -1) : rest) as Arg[];
    if (fn === 'var' || fn === 'loose') {
      const value = typeof args[0] === 'number' ? tf.constant(args[0]) : (argument(args[0]) as tf.Tensor);
      made[name] = new tf.Variable(value, { name, useResource: resource, validateShape: fn === 'var' });
    } else {
      const before = after.map((n) => made[n]).map((m) => (m instanceof tf.Tensor ? m.op : m));
      made[name] = tf.controlDependencies(before as tf.Operation[], () =>
        FUNCTIONS[fn](...(args.map(argument) as never[])),
      );
    }
  }
  return made;
}
function seen(value: unknown): Seen {
  if (!(value instanceof NDArray)) return [[], [Number(value)], Number(value)];
  const numbers = Array.from(value.data as Float32Array, Number);
  return [[...value.shape], numbers.slice(0, 4), numbers.reduce((a, b) => a + b, 0)];
}
function expectSeen(actual: readonly Seen[], expected: readonly Seen[], run: number): void {
  expected.forEach(([shape, first, sum], i) => {
    const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
    const [ours, numbers, total] = actual[i];
    const same = ours.join() === shape.join() && first.every((x, k) => near(numbers[k], x)) && near(total, sum);
    if (!same)
      throw new Error(
        `run ${run}, fetch ${i}: ${JSON.stringify(actual[i])}, TensorFlow: ${JSON.stringify(expected[i])}`,
      );
  });
}

/** As the rule has it; and every part that the device takes as one, however small. */
const WAYS = devices().flatMap(({ device }) => [
  [device, { device }] as const,
  [`${device} in one`, { device, graphOptions: { wholeGraph: true } }] as const,
]);
describe.each(WAYS)('variables changed on the way, on %s', (_, config) => {
  for (const program of PROGRAMS) {
    program.sizes.forEach((size, at) => {
      test(`${program.title}: ${program.resource ? 'resource' : 'reference'} of ${size}`, () => {
        const graph = new tf.Graph();
        graph.asDefault(() => {
          const made = build(program, size);
          const fetches = program.fetches.map((name) => made[name]);
          const sess = new tf.Session('', { graph, config: { advice: false, ...config } });
          sess.run(tf.globalVariablesInitializer());
          const runs = program.runs.filter((run) => run <= LAST_RUN);
          for (let run = 1; run <= Math.max(...runs); run++) {
            const values = sess.run(fetches);
            const index = program.runs.indexOf(run);
            if (index >= 0) expectSeen(values.map(seen), program.values[at][index], run);
          }
          sess.close();
        });
      });
    });
  }
});
