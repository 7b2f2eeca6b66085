/** Who owns variables: a session's own worker, or one that sessions share. */
import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import * as tf from '../../src';
import { float32 } from '../../src/base/dtype';
import { Kind, type Resource, Resources, resourceOf } from '../../src/kernels/resources';
import { Value } from '../../src/kernels/value';
import { VARIABLE, VariableState } from '../../src/kernels/variable';
import { Worker } from '../../src/session/worker';
import { devices } from '../sweep';

beforeEach(() => tf.resetDefaultGraph());

test('two sessions with one worker see the same variables, and reset takes them away', () => {
  const v = new tf.Variable(1);
  const worker = new Worker();
  const [a, b] = [new tf.Session('', { worker }), new tf.Session('', { worker })];
  a.run(v.initializer);
  b.run(v.assignAdd(4));
  expect(a.run(v)).toBe(5);
  a.close();
  expect(b.run(v)).toBe(5);
  worker.reset();
  expect(() => b.run(v)).toThrow('Attempting to use uninitialized value');
  b.run(v.initializer);
  expect(b.run(v)).toBe(1);
  expect(() => new tf.Session('').run(v)).toThrow('Attempting to use uninitialized value');
});
test('a resource is found by its kind, container and name; an edge to another kind is an error', () => {
  class Table implements Resource {
    readonly name = 't';
    readonly kind = TABLE;
    released(): void {}
    dispose(): void {}
  }
  const TABLE: Kind<Table> = new Kind('N10tensorflow6lookup9HashTableE', Table);
  const resources = new Resources();
  const place = { container: 'box', name: 'x' };
  const table = resources.findOrMake(TABLE, place, () => new Table());
  const variable = resources.findOrMake(VARIABLE, place, () => new VariableState('x', float32, VARIABLE));
  expect(resources.find(TABLE, place)).toBe(table);
  expect(resources.find(VARIABLE, place)).toBe(variable);
  expect(resources.find(TABLE, { ...place, container: '' })).toBeNull();
  expect(() => resourceOf(new Value(float32, [], null, null, table), VARIABLE)).toThrow(
    'Trying to access resource using the wrong type. ' +
      'Expected N10tensorflow6lookup9HashTableE got N10tensorflow3VarE',
  );
  resources.reset(['box']);
  expect([resources.find(TABLE, place), variable.disposed]).toEqual([null, true]);
});
test.each(devices().map((d) => d.device))(
  'sessions that are dropped without close() free what they held, on %s',
  (device) => {
    const code = `
    const tf = require(${JSON.stringify(path.join(__dirname, '..', '..', 'src'))});
    const graph = new tf.Graph();
    const [v, y] = graph.asDefault(() => {
      const v = new tf.Variable(tf.zeros([1000, 1000]));
      return [v, tf.reduceSum(tf.matmul(v, v))];
    });
    const use = () => {
      const sess = new tf.Session('', { graph, config: { device: '${device}', placement: 'device', advice: false } });
      sess.run(v.initializer);
      sess.run(y);
      return sess.device;
    };
    (async () => {
      const device = use();
      const collect = async () => {
        for (let i = 0; i < 3; i++) {
          global.gc();
          await new Promise((r) => setTimeout(r, 20));
        }
      };
      await collect();
      const [alive, bytes] = [device.tensorsAlive(), process.memoryUsage().rss];
      for (let i = 0; i < 30; i++) {
        use();
        await collect();
      }
      console.log(JSON.stringify([device.tensorsAlive() - alive, (process.memoryUsage().rss - bytes) / 2 ** 20]));
    })();`;
    const args = ['--expose-gc', '-r', 'ts-node/register/transpile-only', '-e', code];
    const [tensors, megabytes] = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as number[];
    expect(tensors).toBeLessThanOrEqual(0);
    // Thirty variables of 4 MB, each read and copied, would be more.
    expect(megabytes).toBeLessThan(100);
  },
);
