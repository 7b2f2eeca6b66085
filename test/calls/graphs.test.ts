/**
 * Each argument reaches its parameter: a call that gives them all makes the graph that it makes in TensorFlow 1.15, by
 * position, by name, and where one begins by position and goes on by name. Recorded by fixtures/record/calls.py.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '../../src';
import { boundAs } from '../../src/calls/bind';
import { approx, graphJson } from '../graph-json';
import { surface } from '../surface-rows';
import { DIFFERENT, ELSEWHERE, MODULES_ELSEWHERE } from './graphs';

/** A value as it is written in TypeScript, or a call. */
type Spoken = string | Call;
interface Call {
  /** What is called: a function, or a method of what another call gives. */
  readonly call: string | { readonly of: Call; readonly method: string };
  readonly args: readonly (readonly [name: string, value: Spoken])[];
  /** What Python takes by name alone here. */
  readonly named: readonly (readonly [name: string, value: Spoken])[];
}
type Node = readonly [name: string, op: string, inputs: readonly string[], attrs: unknown];
/** A graph as numbers of words; each word as how many characters it shares with the one before, and the rest. */
interface Packed {
  readonly words: readonly string[];
  readonly rows: readonly (readonly [name: number, op: number, inputs: readonly number[], attrs: number])[];
}
const RECORDED = JSON.parse(readFileSync(path.join(__dirname, '../fixtures/calls.json'), 'utf8')) as Readonly<
  Record<string, Call & ({ readonly nodes: readonly Node[] } | Packed)>
>;
function recordedNodes(of: { readonly nodes: readonly Node[] } | Packed): readonly Node[] {
  if ('nodes' in of) return of.nodes;
  const words: string[] = [];
  for (const word of of.words) {
    const at = word.indexOf('|');
    words.push((words.at(-1) ?? '').slice(0, Number(word.slice(0, at))) + word.slice(at + 1));
  }
  return of.rows.map(([name, op, inputs, attrs]) => [
    words[name],
    words[op],
    inputs.map((i) => words[i]),
    JSON.parse(words[attrs]) as unknown,
  ]);
}

/** The call, with its first `count` arguments by position and the others by name. */
function written(spoken: Spoken, count: number): string {
  if (typeof spoken === 'string') return spoken;
  const { call, args, named } = spoken;
  const positions = args.every(([name]) => name) ? Math.min(count, args.length) : args.length;
  const given = args.slice(0, positions).map(([, value]) => written(value, count));
  const names = [...args.slice(positions), ...named].map(([name, value]) => `${name}: ${written(value, count)}`);
  const list = [...given, ...(names.length ? [`{ ${names.join(', ')} }`] : [])].join(', ');
  if (typeof call !== 'string') return `${written(call.of, count)}.${call.method}(${list})`;
  return `${/\.[A-Z]\w+$/.test(call) && !/\.(Print|Assert)$/.test(call) ? 'new ' : ''}${call}(${list})`;
}
function most(spoken: Spoken): number {
  if (typeof spoken === 'string') return 0;
  const { call, args } = spoken;
  return Math.max(args.length, ...args.map(([, value]) => most(value)), typeof call === 'string' ? 0 : most(call.of));
}
function nodesOf(code: string): readonly Node[] {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const shapes = { x: [2, 3], y: [2, 3], m: [3, 2], v: [3], s: [], u: null, n: [null, 3] };
    const others = { img: [1, 4, 4, 1], k: [2, 2, 1, 1], q: [2, 2] };
    const operands: Record<string, unknown> = {};
    for (const [name, shape] of Object.entries(shapes)) operands[name] = tf.placeholder(tf.float32, shape, name);
    operands.i = tf.placeholder(tf.int32, [2], 'i');
    operands.j = tf.placeholder(tf.int32, [2, 3], 'j');
    operands.b = tf.placeholder(tf.bool, [2, 3], 'b');
    for (const [name, shape] of Object.entries(others)) operands[name] = tf.placeholder(tf.float32, shape, name);
    const start = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    operands.w = new tf.Variable(start, { name: 'w' });
    operands.g = new tf.Variable(0, { name: 'g', trainable: false });
    operands.opt = new tf.train.GradientDescentOptimizer(0.25, false, 'A');
    const before = graph.getOperations().length;
    new Function('tf', ...Object.keys(operands), `return ${code};`)(tf, ...Object.values(operands));
    return graphJson(graph)
      .slice(before)
      .map(({ name, op, input, control, attr }) => [name, op, [...input, ...control.map((c) => `^${c}`)], attr]);
  });
}
const plain = (nodes: readonly Node[]): unknown => approx(nodes);
const lines = (nodes: unknown): string[] => (nodes as unknown[]).map((node) => JSON.stringify(node));

describe.each(Object.keys(RECORDED))('%s', (python) => {
  const recorded = RECORDED[python];
  const codes = [...new Set(Array.from({ length: most(recorded) + 1 }, (_, count) => written(recorded, count)))];
  test.each(codes)('%s', (code) => {
    const made = plain(nodesOf(code));
    // Where the graph is another one than Python's, it is still the same one however it is asked for.
    if (python in DIFFERENT) expect(made).toEqual(plain(nodesOf(written(recorded, 99))));
    else expect(lines(made)).toEqual(lines(plain(recordedNodes(recorded))));
  });
});
test('what is listed as different is', () => {
  const same = Object.keys(DIFFERENT).filter((python) => {
    const recorded = RECORDED[python];
    return lines(plain(nodesOf(written(recorded, 99)))).join() === lines(plain(recordedNodes(recorded))).join();
  });
  expect(same).toEqual([]);
});
test('every public function with arguments is called here, or listed with where else', () => {
  const called = new Set(JSON.stringify(RECORDED).match(/tf(\.\w+)+(?=")/g));
  const keys = new Set(surface(tf).flatMap(([name, f]) => (called.has(name) ? [boundAs(f as object)] : [])));
  const left = surface(tf).filter(([name, f]) => {
    const key = typeof f === 'function' ? boundAs(f) : null;
    const isElsewhere = name in ELSEWHERE || Object.keys(MODULES_ELSEWHERE).some((module) => name.startsWith(module));
    return key !== null && !keys.has(key) && !isElsewhere && !(key in ELSEWHERE);
  });
  expect(left.map(([name]) => name)).toEqual([]);
});
