/**
 * Files of every kind that a graph makes go to TensorFlow for Python and come from it: checkpoints of both versions,
 * with a training that goes on from them, graphs, SavedModels, event files, records. TensorFlow's command serves ours.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { type Mode, devices, open } from '../devices';
import { type Python, besideEach } from '../pythons';
import { TemporaryFolder } from '../temporary-folder';
import { read, write } from './files';

const folder = new TemporaryFolder('live-files-');

function ask({ path }: Python, args: readonly string[]): string {
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', CUDA_VISIBLE_DEVICES: '-1' };
  const { status, stdout, stderr } = spawnSync(path, args, { encoding: 'utf8', env, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stderr.slice(-4000));
  return stdout;
}
/** What a script of this folder says. */
const told = (which: Python, script: string, ...args: string[]): unknown =>
  JSON.parse(/^SAID (.*)$/m.exec(ask(which, [join(__dirname, script), ...args]))![1]);
const python = (which: Python, what: 'read' | 'write', where: string): unknown => told(which, 'files.py', what, where);

/** What one side says of files is what the other side says that it put there. */
function expectSame(read: unknown, written: unknown): void {
  const { state, served, next } = written as Said;
  const { v2, v1, sharded, ...rest } = read as Found;
  expect([v2.state, sharded.state]).toEqual([state, state]);
  for (const { next: loss } of [v2, v1, sharded]) expect(loss[0]).toBeCloseTo(next[0], 6);
  const [bfloat, unsigned] = ['of_bfloat16', 'of_uint16'];
  const { [bfloat]: _, [unsigned]: __, ...old } = state;
  expect(v1.state).toEqual(old);
  expect(v2.shapes.map(([name]) => name)).toEqual(Object.keys(state).sort());
  rest.served.forEach((value, i) => expect(value).toBeCloseTo(served[i], 6));
  expect(rest.asset).toBe('one\ntwo\n');
  expect(rest.records).toEqual(['6f6e65', '']);
  expect(rest.graphs[1]).toEqual(rest.graphs[0]);
  expect(rest.events.map(([step, tag]) => `${step} ${tag}`)).toEqual(EVENTS);
}
const TAGS = ['cost', 'weights', 'picture/image/0', 'sound/audio/0', 'words'];
const EVENTS = ['0 graph', ...[0, 1, 2].flatMap((step) => TAGS.map((tag) => `${step} ${tag}`))];
interface Said {
  readonly state: Readonly<Record<string, readonly unknown[]>>;
  readonly served: readonly number[];
  readonly next: readonly number[];
}
interface Restored extends Pick<Said, 'state' | 'next'> {
  readonly shapes: readonly (readonly [name: string, shape: readonly number[]])[];
}
/** What saved2.py says: what it gave to its model, and what came of it. */
interface Served {
  readonly given: readonly number[][][];
  readonly served: readonly { readonly out: readonly number[]; readonly largest: readonly number[] }[];
}
interface Found {
  readonly v2: Restored;
  readonly v1: Restored;
  readonly sharded: Restored;
  readonly served: readonly number[];
  readonly asset: string;
  readonly records: readonly string[];
  readonly graphs: readonly unknown[];
  readonly events: readonly (readonly [step: number, tag: string, value: number | null])[];
}

besideEach('TensorFlow $version', (which) => describe.each(devices())('and $title', (mode) => beside(which, mode)));
function beside(which: Python, mode: Mode): void {
  const at = (name: string): string => {
    mkdirSync(folder.at(name));
    return folder.at(name);
  };
  test('what either writes the other reads, and both say the same of it', () => {
    const [theirs, ours] = [at('theirs'), at('ours')];
    const written = [python(which, 'write', theirs), write(ours, mode)] as const;
    const found = [read(theirs, mode), read(ours, mode)] as const;
    expectSame(found[0], written[0]);
    expectSame(found[1], written[1]);
    expectSame(python(which, 'read', ours), written[1]);
    const [graphs, ourGraphs] = found.map((each) => (each as Found).graphs[0]);
    if (which.version.startsWith('1.')) expect(ourGraphs).toEqual(graphs);
  });
  test('saved_model_cli shows and runs ours', () => {
    const ours = at('ours');
    const { served } = write(ours, mode) as Said;
    const given = ['--dir', join(ours, 'saved'), '--tag_set', 'serve', '--signature_def', 'predict'];
    const cli = (...args: string[]): string => ask(which, ['-m', 'tensorflow.python.tools.saved_model_cli', ...args]);
    expect(cli('show', ...given)).toMatch(/inputs\['x'\].*\n.*DT_FLOAT\n.*\(-1, 3\)/);
    const said = cli('run', ...given, '--input_exprs', 'x=[[1,2,3],[-1,0.5,2]]');
    const numbers = [...said.slice(said.indexOf('output key')).matchAll(/-?\d+\.\d+/g)].map(Number);
    numbers.forEach((number, i) => expect(number).toBeCloseTo(served[i], 6));
    expect(numbers.length).toBe(served.length);
  });
  if (which.version.startsWith('1.')) return;
  test('what TensorFlow 2 saved is served: its functions, what they are made of, and its variables', () => {
    const { given, served } = told(which, 'saved2.py', folder.at('saved2')) as Served;
    const sess = open(new tf.Graph(), mode);
    const { signatureDef } = tf.savedModel.load(sess, ['serve'], folder.at('saved2'));
    const call = (signature: string, output: string, input: string, value: tf.TensorLike): unknown => {
      const { inputs, outputs } = signatureDef.get(signature)!;
      return sess.run(outputs.get(output)!.name!, { [inputs.get(input)!.name!]: value });
    };
    given.forEach((x, i) => {
      const out = call('serve', 'out', 'x', x) as tf.NDArray<number>;
      [...out.data].forEach((number, j) => expect(number).toBeCloseTo(served[i].out[j], 5));
      expect((call('serve', 'largest', 'x', x) as tf.NDArray).toArray()).toEqual(served[i].largest);
    });
    expect([1, 2, 3].map((by) => call('add', 'count', 'by', by))).toEqual([1, 3, 6]);
  });
}
