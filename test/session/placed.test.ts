/**
 * Sessions with nodes on devices that are not there, and the nodes that a run says it took: in this process and on a
 * server, as TensorFlow 1.15 has it (record/placed.py).
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';

/** What came of runs, and the nodes that they took, by place and program. */
interface Recorded {
  readonly placed: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly graphs: Readonly<Record<string, unknown>>;
}
const FILE = path.join(__dirname, '..', 'fixtures', 'placed.json');
const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as Recorded;

type Run = [fetch: tf.Tensor | tf.Variable, feeds?: Record<string, number>];
const far = <T>(build: () => T): T => tf.device('/job:worker/task:3', build);
const seven = (name: string): tf.Tensor => tf.constant(7, tf.float32, null, { name });

const PROGRAMS: Readonly<Record<string, () => Run>> = {
  'one node': () => [far(() => tf.add(tf.constant(1, { name: 'one', dtype: tf.float32 }), 2, { name: 'bad' }))],
  'a constant': () => [far(() => seven('bad'))],
  'a placeholder that is fed': () => {
    const bad = far(() => tf.placeholder(tf.float32, [], { name: 'bad' }));
    return [tf.identity(bad, { name: 'same' }), { 'bad:0': 1 }];
  },
  'a variable': () => [far(() => new tf.Variable(2, { name: 'bad' }))],
  'a constant and then another node': () => {
    far(() => seven('first'));
    return [far(() => tf.negative(seven('second'), { name: 'third' }))];
  },
  'two nodes': () => {
    const one = far(() => tf.negative(seven('x'), { name: 'one' }));
    return [tf.device('/job:ps', () => tf.negative(one, { name: 'two' }))];
  },
  'one that reads a later kind': () => {
    const soft = tf.device('/gpu:7', () => tf.negative(seven('x'), { name: 'soft' }));
    return [far(() => tf.negative(soft, { name: 'bad' }))];
  },
  'another task of this job': () => [
    tf.device('/job:localhost/task:5', () => tf.negative(seven('x'), { name: 'bad' })),
  ],
};
type Said = number | string[];
function said(sess: tf.Session, [fetch, feeds]: Run): Said {
  try {
    return Number(sess.run(fetch, feeds));
  } catch (error) {
    if (!(error instanceof tf.errors.OpError)) throw error;
    const [, name] = /^Cannot assign a device for operation (\w+): /.exec(error.message) ?? [];
    expect(error.op?.name).toBe(name);
    return [error.constructor.name, name];
  }
}
const okay = (): tf.Tensor => tf.add(tf.constant(1, tf.float32, null, { name: 'a' }), 1, { name: 'ok' });

const server = tf.train.Server.createLocalServer();
const PLACES = { process: '', server: server.target };
type Place = keyof typeof PLACES;
beforeEach(() => tf.resetDefaultGraph());

describe.each<[string, Place, boolean]>([
  ['process', 'process', false],
  ['process, pruned', 'process', true],
  ['server', 'server', false],
  ['server, pruned', 'server', true],
])('%s', (key, place, placePrunedGraph) => {
  const wanted = recorded.placed[key];
  const config = { isolateSessionState: true, graphOptions: { placePrunedGraph } };
  test.each(Object.keys(PROGRAMS))('%s', (name) => {
    const ok = okay();
    const run = PROGRAMS[name]();
    const sess = new tf.Session(PLACES[place], { config });
    expect([[ok], run, [ok]].map((each) => said(sess, each as Run))).toEqual(wanted[name]);
    if (place === 'process' && !placePrunedGraph)
      for (const refused of [() => sess.partialRunSetup([ok], []), () => sess.makeCallable(ok)()])
        expect(refused).toThrow(tf.errors.InvalidArgumentError);
    sess.close();
  });
  test('a node that comes later', () => {
    const ok = okay();
    const sess = new tf.Session(PLACES[place], { config });
    const before = said(sess, [ok]);
    const bad = far(() => tf.negative(ok, { name: 'bad' }));
    expect([before, ...[ok, bad, ok.mul(2)].map((each) => said(sess, [each]))]).toEqual(wanted.later);
    sess.close();
  });
  test('what it says is there', () => {
    const bad = far(() => seven('bad'));
    const sess = new tf.Session(PLACES[place], { config });
    const job = place === 'server' ? 'local' : 'localhost';
    expect(() => sess.run(bad)).toThrow(
      `assigned to /job:worker/task:3 but available devices are [ /job:${job}/replica:0/task:0/device:CPU:0 ].`,
    );
    sess.close();
  });
});

/** As the recorder has them. */
function nodesOf(graph: tf.GraphDef): unknown[] {
  const attrs = (node: tf.GraphDef['node'][number]): object =>
    Object.fromEntries(
      ['T', 'tensor_type', 'index', 'tensor_name', 'client_terminated'].flatMap((key) => {
        const value: unknown = node.op.startsWith('_') ? node.attr[key]?.value : undefined;
        if (value === undefined) return [];
        return [[key, value instanceof tf.DType ? value.number : typeof value === 'bigint' ? Number(value) : value]];
      }),
    );
  const nodes = graph.node.map((node) => [node.name, node.op, [...node.input], attrs(node)]);
  return nodes.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
}
test.each<Place>(['process', 'server'])('the nodes that a run took: %s', (place) => {
  const [q, p] = ['q', 'p'].map((name) => tf.placeholder(tf.float32, [], { name }));
  const half = tf.multiply(p, tf.constant(0.5, { name: 'y' }), { name: 'half' });
  const total = tf.controlDependencies([q], () => tf.add(half, 1, { name: 'sum' }));
  tf.identity(half, { name: 'other' });
  const v = new tf.Variable(3, { name: 'v', dtype: tf.float32 });
  const up = tf.assignAdd(v, total, { name: 'up' });
  const parts = tf.split(tf.fill([2], p, { name: 'two' }), 2, { name: 'parts' });
  const runs: Readonly<Record<string, [fetches: unknown, feeds: Record<string, number>]>> = {
    'of what is fed in the middle': [total, { 'half:0': 3, 'q:0': 1 }],
    'from its placeholders': [total, { 'q:0': 1, 'p:0': 3 }],
    'of two that are fetched': [[total, half], { 'q:0': 1, 'p:0': 3 }],
    'of one that is fetched twice, and a target': [[total, total, up.op], { 'q:0': 1, 'p:0': 3 }],
    'of a target': [up.op, { 'q:0': 1, 'p:0': 3 }],
    'with what nobody needs': [half, { 'q:0': 1, 'p:0': 3 }],
    'of another output': [parts[1], { 'p:0': 3 }],
    'of nothing but a feed': [half, { 'half:0': 2 }],
  };
  const sess = new tf.Session(PLACES[place], { config: { isolateSessionState: true } });
  sess.run(v.initializer);
  const runMetadata = new tf.RunMetadata();
  const options = new tf.RunOptions({ outputPartitionGraphs: true });
  const found = Object.entries(runs).map(([name, [fetches, feeds]]) => {
    sess.run(fetches as tf.Tensor, feeds, { options, runMetadata });
    expect(runMetadata.stepStats).toBeNull();
    return [name, runMetadata.partitionGraphs.map(nodesOf)];
  });
  expect(Object.fromEntries(found)).toEqual(recorded.graphs[place]);
  // With a trace there is both; what is not asked for goes.
  const both = new tf.RunOptions({ outputPartitionGraphs: true, traceLevel: tf.RunOptions.FULL_TRACE });
  sess.run(half, { 'p:0': 1 }, { options: both, runMetadata });
  expect(runMetadata.stepStats?.nodes.map(({ nodeName }) => nodeName)).toContain('half');
  const read = tf.RunMetadata.fromString(runMetadata.serializeToString());
  expect(read.partitionGraphs.map(nodesOf)).toEqual(runMetadata.partitionGraphs.map(nodesOf));
  expect(tf.RunMetadata.fromText(String(runMetadata)).partitionGraphs).toHaveLength(1);
  sess.run(half, { 'p:0': 1 }, { runMetadata });
  expect(runMetadata).toMatchObject({ stepStats: null, partitionGraphs: [], planCache: null });
  sess.close();
});
