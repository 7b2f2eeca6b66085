/** Graphs with functions beside TensorFlow 1.15: GraphDefs with their libraries, values, and what errors say. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import * as tf from '../../src';
import { decodeGraph } from '../../src/format/graphdef';
import { approx } from '../graph-json';
import { comparable } from '../graph-message';
import { devices, open } from '../devices';
import { expectNear, plain, type Program } from '../programs';
import { DEFUNS, SWITCHES } from './function-programs';
import { FUNCTIONAL } from './version-2-programs';

interface Row {
  readonly error?: string;
  readonly graph: string;
  readonly fetches: readonly string[];
  readonly feeds: readonly Readonly<Record<string, never>>[];
  readonly runs: readonly (readonly unknown[])[] | string;
}
const PROGRAMS = { ...SWITCHES, ...DEFUNS, ...FUNCTIONAL };
/** What TensorFlow 1.15 builds, and does not run: its branches in functions that stay functions have no values. */
const NOT_RUN: ReadonlySet<string> = new Set(['a case in a function']);
/** Where TensorFlow reads a variable that was updated in a function only where somebody asks for its value. */
const OTHER_GRAPH: ReadonlySet<string> = new Set(['updates in branches of functions', 'updates in a while']);
const KEPT = [0, 1, 2, 3, 39];
const FILE = path.join(__dirname, '..', 'fixtures', 'built_functions.json');
const ROWS = JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<Record<string, Row>>;

function built(program: Program): readonly tf.Tensor[] {
  tf.setRandomSeed(7);
  const made = program();
  return (Array.isArray(made) ? made : [made]) as readonly tf.Tensor[];
}

test('each recorded program is here', () => {
  expect(Object.keys(PROGRAMS).sort()).toEqual(Object.keys(ROWS).sort());
});
describe.each(Object.entries(PROGRAMS))('%s', (title, program) => {
  const row = ROWS[title];
  if (row.error !== undefined) {
    test('says what TensorFlow says', () => {
      let said = 'nothing';
      try {
        new tf.Graph().asDefault(() => built(program));
      } catch (error) {
        said = `${(error as Error).name}: ${(error as Error).message}`;
      }
      expect(said.slice(0, row.error!.length)).toBe(row.error);
    });
    return;
  }
  test("is TensorFlow's GraphDef", () => {
    const graph = new tf.Graph();
    const fetches = graph.asDefault(() => built(program).map(({ name }) => name));
    const want = decodeGraph(new Uint8Array(inflateSync(Buffer.from(row.graph, 'base64'))));
    const got = decodeGraph(graph.asGraphDef().serializeToString());
    if (!OTHER_GRAPH.has(title)) expect(comparable(got)).toEqual(comparable(want));
    expect(fetches).toEqual(row.fetches);
  });
  test.each(devices())('gives its values on $title', (mode) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const ys = [...built(program)];
      const sess = open(graph, mode);
      if (tf.globalVariables().length) sess.run(tf.globalVariablesInitializer());
      const got: unknown[][] = [];
      let alive = 0;
      for (let i = 0; i < 40; i++) {
        // By then the last plan is there, with the constants that it keeps.
        if (i === 30) alive = sess.device.tensorsAlive();
        const fed = row.feeds.length ? row.feeds[i % row.feeds.length] : {};
        const values = sess.run(ys, Object.fromEntries(Object.entries(fed).map(([key, v]) => [`${key}:0`, v])));
        if (KEPT.includes(i)) got.push(values.map((v) => approx(plain(v)) as unknown));
      }
      if (!NOT_RUN.has(title)) expectNear(got, row.runs);
      if (!tf.globalVariables().length) expect(sess.device.tensorsAlive()).toBe(alive);
      sess.close();
    });
  });
});

test('every node of the gradient of branches that lie deep in each other has a line', () => {
  const nest = (depth: number, x: tf.Tensor): tf.Tensor =>
    depth ? (tf.switchCase(tf.constant(0, tf.int32), [() => nest(depth - 1, x.mul(2)), () => x]) as tf.Tensor) : x;
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const x = tf.placeholder(tf.float32, []);
    const [dx] = tf.gradients(nest(24, x), [x]);
    const sess = open(graph, devices()[0]);
    const without = new Set<string>();
    const observer: NonNullable<tf.RunOptions['observer']> = {
      onStep({ op }) {
        if (!op.trace.line) without.add(op.name);
      },
    };
    expect(sess.run(dx, [[x, 1]], { options: new tf.RunOptions({ observer }) })).toBe(2 ** 24);
    expect([...without]).toEqual([]);
    sess.close();
  });
});
