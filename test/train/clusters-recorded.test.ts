/** Clusters, devices and where nodes go: what TensorFlow 1.15 was recorded to say (`record/clusters.py`). */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';

const RECORDED = JSON.parse(readFileSync(path.join(__dirname, '..', 'fixtures', 'clusters.json'), 'utf8')) as Readonly<
  Record<string, unknown>
>;
const DENSE = { ps: ['a:1', 'b:2'], worker: ['c:3'] };
const SPARSE = { worker: { 1: 'x:1', 3: 'y:2' }, ps: ['z:9'] };
const setter = tf.train.replicaDeviceSetter;
const SHOWN = ['VariableV2', 'VarHandleOp', 'Const', 'Add', 'AddV2', 'NoOp'];

const spec = (cluster: unknown): tf.train.ClusterSpec => new tf.train.ClusterSpec(cluster as typeof DENSE);
function devices(device: ReturnType<typeof setter>, build: () => void): unknown {
  return new tf.Graph().asDefault((graph) => {
    tf.device(device, build);
    return graph
      .getOperations()
      .filter(({ type }) => SHOWN.includes(type))
      .map((op) => [op.name, op.device]);
  });
}
function twoVariables(): void {
  const a = new tf.Variable([1, 2], { name: 'a' });
  tf.device('/gpu:1', () => new tf.Variable([3], { name: 'b' }));
  tf.device('/job:other/task:5', () => new tf.Variable([4], { name: 'c' }));
  tf.add(a, 1, { name: 'sum' });
}
function handles(): void {
  for (let n = 0; n < 3; n++) new tf.Variable(new Float32Array(n + 1).fill(1), { name: `v${n}`, useResource: true }).op;
  tf.noOp({ name: 'none' });
}
function stacked(): void {
  tf.device(
    (op) => (op.type === 'Const' ? '/cpu:0' : ''),
    () =>
      tf.device('/task:3', () => {
        tf.constant(1, { name: 'k' });
        tf.noOp({ name: 'none' });
      }),
  );
  tf.device(null, () => tf.noOp({ name: 'free' }));
  tf.device(new tf.DeviceSpec({ job: 'j' }), () => tf.noOp({ name: 'ofSpec' }));
}
function parsed(text: string): unknown {
  const { job, replica, task, deviceType, deviceIndex, ...rest } = tf.DeviceSpec.fromString(text);
  return [job, replica, task, deviceType, deviceIndex, Object.assign(tf.DeviceSpec.fromString(text), rest).toString()];
}
const merged = (outer: string, inner: string): string =>
  tf.DeviceSpec.fromString(outer).makeMergedSpec(tf.DeviceSpec.fromString(inner)).toString();

/** Under the names of the recorder. */
const CASES: Readonly<Record<string, () => unknown>> = {
  jobs: () => [...spec(SPARSE).jobs].sort(),
  of_a_list: () => spec(DENSE).asDict(),
  of_numbers: () => spec(SPARSE).asDict(),
  counts: () => [spec(SPARSE).numTasks('worker'), spec(DENSE).numTasks('ps')],
  numbers: () => spec(SPARSE).taskIndices('worker'),
  address: () => spec(SPARSE).taskAddress('worker', 3),
  places: () => spec(SPARSE).jobTasks('worker'),
  message: () =>
    spec(SPARSE)
      .asClusterDef()
      .job.map(({ name, tasks }) => [name, Object.entries(tasks).map(([n, address]) => [Number(n), address])]),
  there_and_back: () => spec(spec(SPARSE).asClusterDef()).asDict(),
  of_another: () => spec(spec(DENSE)).asDict(),
  printed: () => spec(SPARSE).toString(),
  of_nothing: () => spec({}).asDict(),
  an_empty_job: () => spec({ a: [] }).asDict(),
  an_empty_jobs_places: () => spec({ a: [] }).jobTasks('a'),
  no_such_job: () => spec(DENSE).numTasks('none'),
  no_such_job_of_places: () => spec(DENSE).jobTasks('none'),
  no_such_task: () => spec(SPARSE).taskAddress('worker', 2),
  no_such_job_of_address: () => spec(SPARSE).taskAddress('none', 2),
  no_cluster: () => spec(7),
  tasks_that_are_none: () => spec({ a: 'x:1' }),
  an_address_that_is_none: () => spec({ a: [7] }),
  a_number_that_is_none: () => spec({ a: { b: 'x:1' } }),
  whole: () => parsed('/job:w/replica:2/task:3/device:GPU:1'),
  short: () => parsed('/gpu:1'),
  cpu: () => parsed('/cpu:0'),
  star: () => parsed('/job:*/task:*/device:CPU:*'),
  of_a_kind: () => parsed('/device:TPU:*'),
  empty: () => parsed(''),
  out_of_order: () => parsed('/task:1/job:w'),
  unknown_word: () => parsed('/job:a/foo:1'),
  two_devices: () => parsed('/cpu:0/gpu:1'),
  no_number: () => parsed('/task:x'),
  no_slash: () => parsed('job:a'),
  other_case: () => parsed('/GPU:2'),
  merge_fills: () => merged('/job:w/task:1', '/gpu:0'),
  merge_keeps_the_inner: () => merged('/job:w/task:1/cpu:0', '/task:2/gpu:3'),
  merge_of_nothing: () => merged('', ''),
  replaced: () => new tf.DeviceSpec({ job: 'a', task: 1 }).replace({ task: 2, deviceType: 'GPU' }).toString(),
  made: () => new tf.DeviceSpec({ job: 'a', replica: 0, task: 1, deviceType: 'CPU', deviceIndex: 3 }).toString(),
  without_an_index: () => new tf.DeviceSpec({ deviceType: 'GPU' }).toString(),
  setter: () => devices(setter(2), twoVariables),
  setter_of_a_cluster: () => devices(setter({ cluster: DENSE, workerDevice: '/job:worker/task:0/cpu:0' }), handles),
  setter_of_a_spec: () => devices(setter({ cluster: spec(DENSE) }), handles),
  setter_that_does_not_merge: () => devices(setter(2, { mergeDevices: false }), twoVariables),
  setter_of_ops: () => devices(setter(2, { psOps: ['Const', 'NoOp'] }), handles),
  setter_by_strategy: () => devices(setter(3, { psStrategy: (op) => op.name.length % 3 }), handles),
  setter_of_another_server: () =>
    devices(setter(2, { psDevice: '/job:ps/cpu:0', workerDevice: '/job:w/gpu:0' }), twoVariables),
  setter_of_a_given_task: () => devices(setter(2, { psDevice: '/job:ps/task:7' }), handles),
  setter_without_servers: () => setter(),
  setter_of_no_such_job: () => setter({ cluster: { worker: ['a:1'] } }),
  setter_by_what_is_no_function: () => setter(1, { psStrategy: 3 as never }),
  setter_of_no_cluster: () => setter({ cluster: 3 as never }),
  functions: () => devices(null, stacked),
};
function said(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message.split('\n')[0]}`;
  }
}
/** Python's comparisons, which no method has; and texts of Python's own functions, of what ours refuse or give. */
const OTHERS = ['a_number_that_is_none', 'an_empty_jobs_places', 'equal', 'equal_specs'];

test.each(Object.keys(RECORDED).filter((name) => !OTHERS.includes(name)))('%s', (name) => {
  expect(JSON.parse(JSON.stringify(said(CASES[name])))).toEqual(RECORDED[name]);
});
test('a job without tasks has no places, and a task has a number', () => {
  expect(said(CASES['an_empty_jobs_places'])).toEqual([]);
  expect(said(CASES['a_number_that_is_none'])).toBe("TypeError: The number of a task of job 'a' cannot be 'b'.");
});
