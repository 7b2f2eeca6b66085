/** A few of the random graphs that `npm run fuzz` makes by the thousand; and the machine that makes and judges them. */
import * as tf from '../../src';
import { isLong } from '../all';
import { devices } from '../sweep';
import { difference, faultOf } from './compare';
import { FLOWS, flowOf, programOf, tell, tryGraph } from './graphs';
import { bodiesOf, madeBy, type Step } from './flow/steps';
import { faultOfCall, opCall } from './hostile';
import { faultOfWiring, wired } from './wiring';
import { Judge, findPython } from './judge';
import { type Program, print, toJson } from './program';
import { RULES } from './rules';
import { shrink } from './shrink';

const DEVICES = devices().map(({ device }) => device);
const SEEDS = Array.from({ length: 60 }, (_, i) => i + 1);
const TRIED = SEEDS.slice(0, isLong ? 60 : 20);

test('random graphs give the same in every way', async () => {
  const python = process.env['TFJS_FUZZ_PYTHON'] ? findPython() : null;
  const judge = python ? new Judge(python) : null;
  const failures: string[] = [];
  for (const rules of Object.keys(RULES))
    for (const seed of TRIED) {
      const failure = await tryGraph(seed, DEVICES, judge, rules);
      if (failure) failures.push(`${rules}, ${tell(failure)}`);
    }
  judge?.close();
  expect(failures).toEqual([]);
});

describe('programs with branches, loops, arrays and variables', () => {
  const seeds = Array.from({ length: isLong ? 60 : 12 }, (_, i) => i + 1);
  test.each(Object.keys(FLOWS))('give the same in every way and run: %s', async (rules) => {
    const python = process.env['TFJS_FUZZ_PYTHON'] ? findPython() : null;
    const judge = python ? new Judge(python) : null;
    const failures: string[] = [];
    for (const seed of seeds) {
      const failure = await tryGraph(seed, DEVICES, judge, rules);
      if (failure) failures.push(tell(failure));
    }
    judge?.close();
    expect(failures).toEqual([]);
  });
  test('nest in one another, and have all that there is', () => {
    const within = (steps: readonly Step[], path: string): string[] =>
      steps.flatMap((step) => {
        const here = `${path}/${step.do}`;
        return [here, ...bodiesOf(step).flatMap((body) => within(body.steps, here))];
      });
    const paths = Array.from({ length: 200 }, (_, i) => flowOf(i + 1, 'flow')).flatMap(({ main }) =>
      within(main.steps, ''),
    );
    for (const path of ['while/while', 'while/cond', 'cond/while', 'cond/case', 'map/while', 'while/scan'])
      expect(paths.filter((each) => each.endsWith(`/${path}`)).length).toBeGreaterThan(0);
    for (const word of ['assign', 'read', 'write', 'stack', 'element', 'gradient', 'foldl', 'foldr', 'arraySize'])
      expect(paths.filter((each) => each.includes(`/while/${word}`)).length).toBeGreaterThan(0);
    expect(flowOf(7, 'flow')).toEqual(flowOf(7, 'flow'));
    expect(madeBy({ do: 'assign', how: 'add', variable: 0, value: 1 })).toEqual([]);
  });
});

test('a seed makes the same program each time, seeds make others, and together they reach most rules', () => {
  const programs = SEEDS.map((seed) => programOf(seed));
  expect(programOf(5)).toEqual(programs[4]);
  expect(new Set(programs.map((p) => JSON.stringify(p))).size).toBeGreaterThan(50);
  const types = programs.flatMap(({ nodes }) => nodes.flatMap((n) => (n.kind === 'op' ? [n.type] : [])));
  expect(new Set(types).size).toBeGreaterThan(70);
});

const array = (...values: number[]): tf.NDArray =>
  new tf.NDArray(tf.float32, [values.length], Float32Array.from(values));
const program = (gradientOf: number | null = null): Program => ({
  nodes: [
    { kind: 'placeholder', shape: [null], value: toJson(array(1, 2, 3)) },
    { kind: 'const', value: toJson(array(4, 5, 6)) },
    { kind: 'op', type: 'Neg', inputs: [[0, 0]], attrs: {} },
    {
      kind: 'op',
      type: 'Mul',
      inputs: [
        [2, 0],
        [1, 0],
      ],
      attrs: {},
    },
    { kind: 'op', type: 'Exp', inputs: [[3, 0]], attrs: {} },
  ],
  gradientOf,
});
const RIGHT = { static: [[[null]], [[3]], [[null]], [[3]], [[3]]], refused: null, gradients: [], runs: null };

test('what another TensorFlow says otherwise is a fault: a shape, a value, an error, a gradient', () => {
  const values = [array(1, 2, 3), array(4, 5, 6), array(-1, -2, -3), array(-4, -10, -18), array(1, 2, 3)].map(toJson);
  expect(faultOf(program(), [], { ...RIGHT, static: [[[null]], [[3]], [[3]]], values })).toBe(
    'n2:0 (Neg) has the static shape [?], not [3]',
  );
  expect(faultOf(program(), [], { ...RIGHT, values, grads: [] })).toMatch(
    /^against TensorFlow: n4:0\[0\] is 0\.018.*, not 1$/,
  );
  const error = { type: 'ValueError', message: 'no' };
  expect(faultOf(program(), [], { ...RIGHT, refused: { at: 3, error } })).toBe(
    'not refused; by TensorFlow refused at n3: ValueError: no',
  );
  expect(faultOf(program(), [], { ...RIGHT, runs: { what: 'values', error } })).toMatch(
    'gives values, not ValueError: no',
  );
  expect(faultOf(program(4), [], { ...RIGHT, nodes: [['gradients/Shape', 'Shape', ['n4'], [[1]]]] })).toMatch(
    'gradient node 0 is gradients/Shape (Const: ), not gradients/Shape (Shape: n4)',
  );
});
test('values are near within rounding; integers and shapes are equal', () => {
  const ints = (...v: number[]): tf.NDArray => new tf.NDArray(tf.int32, [v.length], Int32Array.from(v));
  expect(difference([array(1, NaN)], [array(1.00001, NaN)], ['x'])).toBeNull();
  expect(difference([array(1, 2)], [array(1.1, 2)], ['x'])).toMatch('x[0] is 1, not 1.1');
  expect(difference([ints(1)], [ints(2)], ['x'])).toBe('x[0] is 1, not 2');
  expect(difference([ints(1)], [ints(1, 1)], ['x'])).toBe('x is int32[1], not int32[2]');
});

test('a failing program is made smaller as long as it fails, and printed so that it can be run again', async () => {
  const hasMul = async ({ nodes }: Program): Promise<string | null> =>
    nodes.some((n) => n.kind === 'op' && n.type === 'Mul') ? 'has a Mul' : null;
  const small = await shrink(program(4), hasMul, () => null);
  expect(small.nodes.map((n) => (n.kind === 'op' ? n.type : n.kind))).toEqual(['const', 'const', 'Mul']);
  expect(small.gradientOf).toBeNull();
  const text = print(small);
  expect(text).toContain('n2 = Mul(n0, n1)');
  expect(JSON.parse(/--program '(.*)'$/.exec(text)![1])).toEqual(small);
});

describe('hostile calls', () => {
  const SOME = Array.from({ length: 150 }, (_, i) => i + 1);
  test.each(DEVICES)('of ops give values or errors of ours on the %s device, and the process lives', (device) => {
    expect(SOME.map((seed) => faultOfCall(opCall(seed), device)).filter(Boolean)).toEqual([]);
  });
  test('are the same for the same seed, and differ from what was recorded', () => {
    const told = (seed: number): string => `${opCall(seed).title} ${opCall(seed).changes.join()}`;
    expect(told(7)).toBe(told(7));
    expect(SOME.every((seed) => opCall(seed).changes.length > 0)).toBe(true);
    expect(new Set(SOME.map(told)).size).toBeGreaterThan(140);
  });
  test("an error of JavaScript's own is a fault, one of ours is none", () => {
    const call = (run: () => void): string | null => faultOfCall({ title: 'f()', changes: [], run }, 'portable');
    expect(call(() => (null as unknown as string[]).join())).toMatch('f()');
    expect(call(() => tf.reshape([1], [2]))).toBeNull();
    expect(call(() => {})).toBeNull();
  });
});

describe('loops, branches, arrays and functions in which something is missing or leads elsewhere', () => {
  const SOME = Array.from({ length: 200 }, (_, i) => i + 1);
  test.each(DEVICES)('give values or errors of ours on the %s device, and leave nothing', (device) => {
    const seen = new Map<string, number>();
    const count = (outcome: string): unknown => seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    expect(SOME.map((seed) => faultOfWiring(seed, device, count)).filter(Boolean)).toEqual([]);
    // Some are refused when they are imported, others when they run, and some do something else.
    for (const outcome of ['value', 'ValueError', 'InvalidArgumentError'])
      expect(seen.get(outcome)).toBeGreaterThan(50);
  });
  test('are the same for the same seed, and no two alike', () => {
    const told = (seed: number): string => `${wired(seed).title} ${wired(seed).changes.join()}`;
    expect(told(7)).toBe(told(7));
    expect(new Set(SOME.map(told)).size).toBeGreaterThan(190);
  });
});
