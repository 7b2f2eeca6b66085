/** Devices as they are written, joined, and asked for by functions. What is expected was seen in TensorFlow 1.15.5. */
import * as tf from '../../src';
import { said } from '../said';

beforeEach(() => tf.resetDefaultGraph());
const made = (): string => tf.constant(1).op.device;

test('a spec is what its string says, and the other way round', () => {
  const spec = new tf.DeviceSpec('worker', 0, 3, 'gpu', 1);
  expect(`${spec}`).toBe('/job:worker/replica:0/task:3/device:GPU:1');
  expect(tf.DeviceSpec.fromString(`${spec}`)).toMatchObject({ job: 'worker', replica: 0, task: 3, deviceIndex: 1 });
  expect(`${new tf.DeviceSpec({ deviceType: 'CPU' })}`).toBe('/device:CPU:*');
  expect(`${tf.DeviceSpec.fromString('/cpu:*')}`).toBe('/device:CPU:*');
  expect(`${new tf.DeviceSpec()}`).toBe('');
  expect(said(() => tf.DeviceSpec.fromString('/gpu:0/cpu:0'))).toContain(
    'ValueError: Cannot specify multiple device types: /gpu:0/cpu:0',
  );
  expect(said(() => tf.DeviceSpec.fromString('/job:a/x:0'))).toContain("Unknown attribute: 'x' in '/job:a/x:0'");
  expect(said(() => new tf.DeviceSpec({ task: 'a' as never }))).toContain(
    "invalid literal for int() with base 10: 'a'",
  );
});
test('specs change, merge, and are copied with changes', () => {
  const spec = tf.DeviceSpec.fromString('/job:ps/cpu:0');
  const other = spec.replace({ task: 2, deviceType: null, deviceIndex: null });
  expect(`${other}`).toBe('/job:ps/task:2');
  expect(`${spec}`).toBe('/job:ps/device:CPU:0');
  expect(`${spec.makeMergedSpec(tf.DeviceSpec.fromString('/job:worker/gpu:1'))}`).toBe('/job:worker/device:GPU:1');
  spec.mergeFrom(other);
  expect(`${spec}`).toBe('/job:ps/task:2/device:CPU:0');
  spec.job = null;
  spec.deviceType = 'gpu';
  expect(`${spec}`).toBe('/task:2/device:GPU:0');
  expect(`${spec.parseFromString('/task:7')}`).toBe('/task:7');
  expect(said(() => spec.mergeFrom('/cpu:0' as never))).toContain('Expected a tf.DeviceSpec');
});
test('blocks take specs and functions', () => {
  expect(tf.device(new tf.DeviceSpec({ job: 'ps' }), () => tf.device('/task:1', made))).toBe('/job:ps/task:1');
  const seen: tf.PlacedNode[] = [];
  const chooser = (op: tf.PlacedNode): string => {
    seen.push(op);
    return op.type === 'Const' ? '/cpu:0' : '/job:ps';
  };
  const sum = tf.device('/job:outer/task:4', () =>
    tf.device(chooser, () => tf.device('/gpu:1', () => tf.add(tf.constant(1), 2, { name: 'sum' }))),
  );
  expect(sum.op.device).toBe('/job:ps/task:4');
  expect(sum.op.inputs.map(({ op }) => op.device)).toEqual(Array(2).fill('/job:outer/task:4/device:CPU:0'));
  expect(seen.map(({ name, type, device }) => [name, type, device])).toEqual([
    ['Const_1', 'Const', '/device:GPU:1'],
    ['sum/y', 'Const', '/device:GPU:1'],
    ['sum', 'Add', '/device:GPU:1'],
  ]);
  expect(seen[2].inputs.map(({ name }) => name)).toEqual(['Const_1:0', 'sum/y:0']);
  expect(tf.device('/job:ps', () => tf.device(null, made))).toBe('');
  for (const [given, shown] of [
    [null, 'None'],
    [3, '3'],
  ] as const)
    expect(said(() => tf.device(() => given as never, made))).toContain(
      `TypeError: Expected binary or unicode string, got ${shown}`,
    );
  expect(said(() => tf.device(3 as never, made))).toContain('must be a string, a tf.DeviceSpec or a function, got 3');
});
