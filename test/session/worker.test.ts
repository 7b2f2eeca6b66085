/** Who owns variables: a session's own worker, or one that sessions share. */
import * as tf from '../../src';
import { float32 } from '../../src/base/dtype';
import { Kind, type Resource, Resources, resourceOf } from '../../src/kernels/resources';
import { Value } from '../../src/kernels/value';
import { VARIABLE, VariableState } from '../../src/kernels/variable';
import { Worker } from '../../src/session/worker';

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
    readonly place = place;
    readonly wasMade = true;
    readonly kind = TABLE;
    released(): void {}
    dispose(): void {}
  }
  const TABLE: Kind<Table> = new Kind('N10tensorflow6lookup9HashTableE', Table);
  const resources = new Resources();
  const place = { container: 'box', name: 'x' };
  const table = resources.findOrMake(TABLE, place, () => new Table());
  const variable = resources.findOrMake(VARIABLE, place, () => new VariableState(place, float32, VARIABLE));
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
