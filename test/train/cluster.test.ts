/** Clusters, and what is placed where in them. What is expected was seen in TensorFlow 1.15.5. */
import * as tf from '../../src';
import { said } from '../said';

beforeEach(() => tf.resetDefaultGraph());
const PLACES = { ps: ['ps0:2222', 'ps1:2222'], worker: ['w0:2222'] };

test('a cluster knows its jobs and their tasks', () => {
  const cluster = new tf.train.ClusterSpec({ worker: { 1: 'w1:1', 3: 'w3:1' }, ps: ['a:1', 'b:1'] });
  expect(cluster.jobs).toEqual(['worker', 'ps']);
  expect([cluster.numTasks('worker'), cluster.numTasks('ps')]).toEqual([2, 2]);
  expect(cluster.taskIndices('worker')).toEqual([1, 3]);
  expect(cluster.taskAddress('worker', 3)).toBe('w3:1');
  expect(cluster.jobTasks('worker')).toEqual([null, 'w1:1', null, 'w3:1']);
  expect(cluster.asDict()).toEqual({ worker: { 1: 'w1:1', 3: 'w3:1' }, ps: ['a:1', 'b:1'] });
  expect(cluster.asClusterDef()).toEqual({
    job: [
      { name: 'ps', tasks: { 0: 'a:1', 1: 'b:1' } },
      { name: 'worker', tasks: { 1: 'w1:1', 3: 'w3:1' } },
    ],
  });
  expect(`${cluster}`).toBe("ClusterSpec({'ps': ['a:1', 'b:1'], 'worker': {1: 'w1:1', 3: 'w3:1'}})");
  for (const same of [cluster, cluster.asClusterDef(), cluster.asDict()])
    expect(`${new tf.train.ClusterSpec(same)}`).toBe(`${cluster}`);
});
test('what is no cluster, no job, no task', () => {
  const cluster = new tf.train.ClusterSpec(PLACES);
  expect(said(() => cluster.numTasks('chief'))).toContain("ValueError: No such job in cluster: 'chief'");
  expect(said(() => cluster.taskAddress('ps', 2))).toContain("ValueError: No task with index 2 in job 'ps'");
  for (const given of [3, ['a:1'], 'a:1', null])
    expect(said(() => new tf.train.ClusterSpec(given as never))).toContain(
      'TypeError: `cluster` must be a dictionary mapping one or more job names to lists of network addresses',
    );
  expect(said(() => new tf.train.ClusterSpec({ ps: 'a:1' as never }))).toContain(
    "The tasks for job 'ps' must be a list or a dictionary from integers to strings.",
  );
  expect(said(() => new tf.train.ClusterSpec({ ps: [1 as never] }))).toContain(
    'Task address 1 must be bytes or unicode',
  );
});
describe('variables go to the parameter servers', () => {
  const placed = (options: tf.train.ReplicaDeviceOptions, outer = '', inner = ''): string[] =>
    tf.device(outer || null, () =>
      tf.device(tf.train.replicaDeviceSetter(options), () =>
        tf.device(inner || (({ device }) => device), () => {
          const [a, b, c] = [1, 2, 3].map((x) => new tf.Variable(x));
          return [a, b, c, a.add(b)].map((x) => (x instanceof tf.Variable ? x.device : x.op.device));
        }),
      ),
    );
  test('one after the other, and all else to the worker', () => {
    expect(placed({ cluster: PLACES })).toEqual(['/job:ps/task:0', '/job:ps/task:1', '/job:ps/task:0', '/job:worker']);
    expect(placed({ cluster: PLACES, workerDevice: '/job:worker/task:0/gpu:0' })).toEqual([
      '/job:ps/task:0',
      '/job:ps/task:1',
      '/job:ps/task:0',
      '/job:worker/task:0/device:GPU:0',
    ]);
  });
  test('what blocks say comes first, or alone', () => {
    expect(placed({ cluster: PLACES }, '/job:outer/task:7/cpu:0', '/gpu:1')).toEqual([
      '/job:ps/task:0/device:GPU:1',
      '/job:ps/task:1/device:GPU:1',
      '/job:ps/task:0/device:GPU:1',
      '/job:worker/task:7/device:GPU:1',
    ]);
    expect(placed({ cluster: PLACES }, '', '/job:worker/task:5')[0]).toBe('/job:worker/task:5');
    const warned = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(placed({ cluster: PLACES, mergeDevices: false }, '', '/gpu:1')).toEqual(Array(4).fill('/device:GPU:1'));
    expect(warned.mock.calls.join()).toContain('It is recommended to set merge_devices=true');
    warned.mockRestore();
  });
  test('by a strategy, of other types, or not at all', () => {
    expect(placed({ cluster: PLACES, psStrategy: () => 1 }).slice(0, 3)).toEqual(Array(3).fill('/job:ps/task:1'));
    expect(placed({ cluster: PLACES, psOps: ['Const'] }).slice(0, 3)).toEqual(Array(3).fill('/job:worker'));
    expect(tf.train.replicaDeviceSetter()).toBeNull();
    expect(tf.train.replicaDeviceSetter({ cluster: { worker: ['a:1'] } })).toBeNull();
    expect(tf.device(tf.train.replicaDeviceSetter(2), () => new tf.Variable(1).device)).toBe('/job:ps/task:0');
    const setter = tf.train.replicaDeviceSetter(1)!;
    expect(said(() => tf.device(null, setter as never))).toContain('replica_device_setter() gives takes an operation');
    expect(said(() => tf.train.replicaDeviceSetter({ psTasks: 1, psStrategy: 3 as never }))).toContain(
      'ps_strategy must be callable',
    );
  });
});
describe('what is no server', () => {
  const one = { a: ['localhost:0'] };
  const words = (...given: unknown[]): string => said(() => Reflect.construct(tf.train.Server, given));
  test.each([
    ['of several jobs', [{ a: ['x:0'], b: ['x:0'] }], 'ValueError: Must specify an explicit `job_name`.'],
    ['of several tasks', [{ a: ['x:0', 'x:1'] }], 'ValueError: Must specify an explicit `task_index`.'],
    ['of no job', [{}], 'ValueError: Must specify an explicit `job_name`.'],
    ['of no task', [{ a: [] }], 'ValueError: Must specify an explicit `task_index`.'],
    ['of a job that there is not', [one, 'b', 0], 'InternalError: Job "b" was not defined in cluster'],
    ['of a task that there is not', [one, { taskIndex: 3 }], 'InvalidArgumentError: Task 3 was not defined in job "a"'],
    ['by another protocol', [one, { protocol: 'x' }], 'NotFoundError: No server factory registered for the given'],
    [
      'of a message without protocol',
      [{ cluster: new tf.train.ClusterSpec(one).asClusterDef(), jobName: 'a' }],
      "NotFoundError: No server factory registered for the given ServerDef: protocol ''",
    ],
    ['without a port', [{ a: ['localhost'] }], 'Could not parse port for local server from "localhost".'],
    ['beyond all ports', [{ a: ['localhost:99999'] }], 'Could not parse port for local server from "localhost:99999".'],
    [
      'by its address',
      ['localhost:0'],
      'TypeError: Could not convert `server_or_cluster_def` to a `tf.train.ServerDef`',
    ],
    ['by nothing', [null], 'TypeError: Could not convert `server_or_cluster_def`'],
    ['on another device', [one, { config: { device: 'gpu' } }], "ValueError: Unknown device 'gpu' in config.device"],
    ['with no limit', [one, { limits: { maxSession: 1 } }], 'ValueError: Protocol message ServerLimits has no "maxSes'],
    ['with none at all', [one, { limits: { maxStepMb: 0 } }], 'ValueError: maxStepMb must be at least 1, not 0'],
    ['in no folder', [one, { allowFiles: './no/such' }], "NotFoundError: allowFiles: there is no folder './no/such'"],
    [
      'one of several',
      [{ ps: ['x:0'], a: ['x:1'] }, 'a'],
      'one task, and this cluster has 2: /job:a/task:0, /job:ps/t',
    ],
  ])('%s', (_, given, text) => expect(words(...given)).toContain(text));
});
