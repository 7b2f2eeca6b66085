/**
 * Programs beside TensorFlow 1.15, as test/fixtures/record/programs.py records them: their nodes, the values of some of
 * their runs, and what errors say.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import * as tf from '../src';
import { devices, everything, open } from './devices';
import { approx, expectNodes } from './graph-json';
import { LAST_RUN } from './long';
import type { JsonNode } from './recorded';

/** A program gives what is fetched; the recorder has the same in Python, and what is fed. */
export type Program = () => unknown;
export type Programs = Readonly<Record<string, Program>>;

/** `name type inputs ^controls`, the numbers of its attributes and its outputs, and what it stands beside. */
export type CompactNode = readonly [text: string, attrs: number, outputs: number, beside?: string];
type Feed = Readonly<Record<string, never>>;
export interface Recorded {
  readonly error?: string;
  /** Or a text that has them deflated. */
  readonly nodes?: readonly CompactNode[] | string;
  readonly feeds?: readonly Feed[];
  /** Of those runs that are kept; or what the first one that fails says. */
  readonly runs?: readonly (readonly unknown[])[] | string;
  readonly contexts?: readonly [conds: readonly string[], loops: readonly string[]];
}
export interface Fixture {
  readonly attrs: readonly JsonNode['attr'][];
  readonly outputs: readonly (readonly [shape: JsonNode['shape'], dtype: JsonNode['dtype']])[];
  readonly programs: Readonly<Record<string, Recorded>>;
}
type Tables = Pick<Fixture, 'attrs' | 'outputs'>;
function nodeOf({ attrs, outputs }: Tables, [text, attr, output, beside = '']: CompactNode): JsonNode {
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
function nodesOf(fixture: Tables, given: Recorded['nodes'] = []): JsonNode[] {
  const rows =
    typeof given === 'string'
      ? (JSON.parse(inflateSync(Buffer.from(given, 'base64')).toString()) as readonly CompactNode[])
      : given;
  return rows.map((row) => nodeOf(fixture, row));
}
/** Compares a graph with nodes of a fixture. */
export function expectRecordedNodes(graph: tf.Graph, tables: Tables, nodes: Recorded['nodes']): void {
  expectNodes(graph, nodesOf(tables, nodes));
}
function built(program: Program): readonly tf.Tensor[] {
  tf.setRandomSeed(7);
  const made = program();
  return (Array.isArray(made) ? made : [made]) as readonly tf.Tensor[];
}
export function plain(value: unknown): unknown {
  return value instanceof tf.NDArray ? value.toArray() : typeof value === 'bigint' ? Number(value) : value;
}
export function expectNear(got: unknown, want: unknown): void {
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

/**
 * Tests that programs do what TensorFlow's do.
 *
 * @param stem    of the fixture
 * @param all     the programs, by the titles that they have there
 * @param kept    the runs whose values are on file, from 0
 */
export function samePrograms(stem: string, all: Programs, kept: readonly number[]): void {
  const fixture = JSON.parse(readFileSync(path.join(__dirname, 'fixtures', `${stem}.json`), 'utf8')) as Fixture;
  test('each recorded program is here', () => {
    expect(Object.keys(all).sort()).toEqual(Object.keys(fixture.programs).sort());
  });
  describe.each(Object.keys(all))('%s', (name) => sameProgram(fixture, name, all[name], kept));
}
/** Whether the last run that is on file gives what an earlier one with the same feeds gave: nothing is kept. */
function isRepeated(runs: readonly (readonly unknown[])[], kept: readonly number[], feeds: number): boolean {
  const last = kept.length - 1;
  const alike = runs.filter((_, i) => (kept[last] - kept[i]) % Math.max(1, feeds) === 0);
  return alike.length > 1 && new Set(alike.slice(-2).map((values) => JSON.stringify(values))).size === 1;
}
function sameProgram(fixture: Fixture, name: string, program: Program, kept: readonly number[]): void {
  const { error, nodes, feeds = [], runs, contexts } = fixture.programs[name] ?? {};
  if (error !== undefined) {
    test('says what TensorFlow says', () => {
      expect(said(() => new tf.Graph().asDefault(() => built(program))).slice(0, error.length)).toBe(error);
    });
    return;
  }
  if (everything)
    test('makes the nodes and contexts that Python makes', () => {
      const graph = new tf.Graph();
      graph.asDefault(() => {
        built(program);
        expectNodes(graph, nodesOf(fixture, nodes));
        const names = (key: string): string[] => tf.getCollection<{ name: string }>(key).map((each) => each.name);
        expect([names(tf.GraphKeys.COND_CONTEXT), names(tf.GraphKeys.WHILE_CONTEXT)]).toEqual(contexts);
      });
    });
  test.each(devices())('gives its values on $title', (mode) => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const ys = [...built(program)];
      const sess = open(graph, mode);
      if (tf.globalVariables().length) sess.run(tf.globalVariablesInitializer());
      const { device } = sess;
      const before = device.tensorsAlive();
      let alive = before;
      const got: unknown[][] = [];
      const run = (i: number): void => {
        const fed = feeds.length ? feeds[i % feeds.length] : {};
        const values = sess.run(ys, Object.fromEntries(Object.entries(fed).map(([key, v]) => [`${key}:0`, v])));
        if (kept.includes(i)) got.push(values.map((v) => approx(plain(v)) as unknown));
      };
      if (typeof runs === 'string') {
        expect(
          said(() => run(0))
            .split('\n')[0]
            .slice(0, runs.length),
        ).toBe(runs);
      } else {
        const last = kept[kept.length - 1];
        // Behind its last plan, what keeps nothing from run to run goes on as it did.
        const enough = runs && isRepeated(runs, kept, feeds.length) ? LAST_RUN * Math.max(1, feeds.length) : last;
        for (let i = 0; i < Math.min(enough, last); i++) run(i);
        // Constants of plans lie on the device as long as these.
        alive = device.tensorsAlive();
        run(last);
        expectNear(got, runs);
      }
      if (!tf.globalVariables().length) expect(device.tensorsAlive()).toBe(alive);
      sess.close();
      expect(device.tensorsAlive()).toBeLessThanOrEqual(before);
    });
  });
}
