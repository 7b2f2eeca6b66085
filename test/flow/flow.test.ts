/** Branches and loops beside TensorFlow 1.15: their nodes, values in runs 1 to 4 and 40, and what errors say. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '../../src';
import { devices, everything, open } from '../devices';
import { approx, expectNodes } from '../graph-json';
import type { JsonNode } from '../recorded';
import { ARRAYS } from './array-programs';
import { BRANCHES } from './branch-programs';
import { CASES } from './case-programs';
import { ERRORS } from './error-programs';
import { GRADIENTS } from './gradient-programs';
import { LOOPS } from './loop-programs';

/** `name type inputs ^controls`, the numbers of its attributes and its outputs, and what it stands beside. */
type CompactNode = readonly [text: string, attrs: number, outputs: number, beside?: string];
type Feed = Readonly<Record<string, never>>;
interface Recorded {
  readonly error?: string;
  readonly nodes?: readonly CompactNode[];
  readonly feeds?: readonly Feed[];
  /** Of runs 1, 2, 3, 4 and 40; or what the first one that fails says. */
  readonly runs?: readonly (readonly unknown[])[] | string;
  readonly contexts?: readonly [conds: readonly string[], loops: readonly string[]];
}
interface Fixture {
  readonly attrs: readonly JsonNode['attr'][];
  readonly outputs: readonly (readonly [shape: JsonNode['shape'], dtype: JsonNode['dtype']])[];
  readonly programs: Readonly<Record<string, Recorded>>;
}
const { attrs, outputs, programs }: Fixture = JSON.parse(
  readFileSync(path.join(__dirname, '../fixtures/flow.json'), 'utf8'),
);
const PROGRAMS = { ...BRANCHES, ...CASES, ...LOOPS, ...GRADIENTS, ...ARRAYS, ...ERRORS };
const RUNS = [0, 1, 2, 3, 39];

function nodeOf([text, attr, output, beside = '']: CompactNode): JsonNode {
  const [name, op, ...edges] = text.split(' ').filter(Boolean);
  const [shape, dtype] = outputs[output];
  return {
    name,
    op,
    input: edges.filter((edge) => !edge.startsWith('^')),
    control: edges.filter((edge) => edge.startsWith('^')).map((edge) => edge.slice(1)),
    attr: attrs[attr],
    colocate: beside.split(' ').filter(Boolean),
    shape,
    dtype,
  };
}
function built(name: string): readonly tf.Tensor[] {
  tf.setRandomSeed(7);
  const made = PROGRAMS[name]();
  return (Array.isArray(made) ? made : [made]) as readonly tf.Tensor[];
}
function plain(value: unknown): unknown {
  return value instanceof tf.NDArray ? value.toArray() : typeof value === 'bigint' ? Number(value) : value;
}
function expectNear(got: unknown, want: unknown): void {
  if (Array.isArray(want)) {
    expect(Array.isArray(got) && got.length).toBe(want.length);
    want.forEach((each, i) => expectNear((got as readonly unknown[])[i], each));
  } else if (typeof want === 'number') {
    if (Math.abs(Number(got) - want) > 2e-4 * Math.max(1, Math.abs(want))) expect(got).toBe(want);
  } else expect(got).toEqual(want);
}
/** `ValueError: …`, as the recorder writes it. */
function said(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  return 'nothing';
}

test('each recorded program is here', () => {
  expect(Object.keys(PROGRAMS).sort()).toEqual(Object.keys(programs).sort());
});
describe.each(Object.keys(PROGRAMS))('%s', (name) => {
  const { error, nodes, feeds = [], runs, contexts } = programs[name] ?? {};
  if (error !== undefined) {
    test('says what TensorFlow says', () => {
      expect(said(() => new tf.Graph().asDefault(() => built(name))).slice(0, error.length)).toBe(error);
    });
    return;
  }
  if (everything)
    test('makes the nodes and contexts that Python makes', () => {
      const graph = new tf.Graph();
      graph.asDefault(() => {
        built(name);
        expectNodes(graph, (nodes ?? []).map(nodeOf));
        const names = (key: string): string[] => tf.getCollection<{ name: string }>(key).map((each) => each.name);
        expect([names(tf.GraphKeys.COND_CONTEXT), names(tf.GraphKeys.WHILE_CONTEXT)]).toEqual(contexts);
      });
    });
  test.each(devices())('gives its values on $title', (mode) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const ys = [...built(name)];
      const sess = open(graph, mode);
      if (tf.globalVariables().length) sess.run(tf.globalVariablesInitializer());
      const alive = sess.device.tensorsAlive();
      const got: unknown[][] = [];
      const run = (i: number): void => {
        const fed = feeds.length ? feeds[i % feeds.length] : {};
        const values = sess.run(ys, Object.fromEntries(Object.entries(fed).map(([key, v]) => [`${key}:0`, v])));
        if (RUNS.includes(i)) got.push(values.map((v) => approx(plain(v)) as unknown));
      };
      if (typeof runs === 'string') {
        expect(
          said(() => run(0))
            .split('\n')[0]
            .slice(0, runs.length),
        ).toBe(runs);
      } else {
        for (let i = 0; i < 40; i++) run(i);
        expectNear(got, runs);
      }
      if (!tf.globalVariables().length) expect(sess.device.tensorsAlive()).toBe(alive);
      sess.close();
    });
  });
});
