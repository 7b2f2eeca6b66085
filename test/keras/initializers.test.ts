/** Initializers as objects that can be kept, by record/initializers.py, and classes of one's own. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';

const { initializers } = tf.keras;
type Written = { readonly class_name: string; readonly config: Readonly<Record<string, unknown>> };
const RECORDED = JSON.parse(fs.readFileSync(path.join(__dirname, '../fixtures/initializers.json'), 'utf8')) as {
  readonly serialized: Readonly<Record<string, Written>>;
  readonly got: Readonly<Record<string, Written>>;
  readonly wrong: readonly (readonly [given: unknown, error: string, message: string])[];
};
const camel = (name: string): string =>
  /^[a-z]/.test(name) ? name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : name;

test.each(Object.entries(RECORDED.serialized))('%s is written as in Python', (name, written) => {
  const made = Reflect.get(initializers, camel(name)) as (() => tf.keras.initializers.Initializer) &
    (new () => tf.keras.initializers.Initializer);
  const one = /^[A-Z]/.test(name) ? new made() : made();
  expect(initializers.serialize(one)).toEqual(written);
  // What was written makes the same again.
  expect(initializers.serialize(initializers.deserialize(written))).toEqual(written);
});
test.each(Object.entries(RECORDED.got))('%s by its name', (name, written) => {
  expect(initializers.serialize(initializers.get(name) as tf.keras.initializers.Initializer)).toEqual(written);
});
test.each(RECORDED.wrong)('%j is refused', (given, error, message) => {
  const get = (): unknown => initializers.get(given as string);
  // Python's texts of objects have other quotes, and its classes are functions here.
  expect(get).toThrow(message.split(/[:{]|__init__/).find((part) => part !== '')!);
  expect(get).toThrow(expect.objectContaining({ name: error }) as Error);
});
test('the random ones are functions, as all are', () => {
  new tf.Graph().asDefault(() => {
    const made = [initializers.randomNormal(), initializers.truncatedNormal(), initializers.randomUniform()];
    for (const one of made) expect(new tf.Variable(one([2, 3])).shape.dims).toEqual([2, 3]);
  });
});
test('null is none, and an initializer itself', () => {
  const ones = initializers.ones();
  expect(initializers.get(null)).toBe(null);
  expect(initializers.get(ones)).toBe(ones);
  expect(initializers.get(initializers.Ones)).toBe(initializers.Ones);
});
test("a class of one's own", () => {
  class Sevens extends initializers.Initializer {
    call(shape: readonly number[]): tf.Tensor {
      return tf.fill(shape, 7 * (this.config.by as number));
    }
  }
  tf.resetDefaultGraph();
  using sess = new tf.Session('', { config: { device: 'portable' } });
  const made = initializers.deserialize(initializers.serialize(new Sevens({ by: 2 }))!, { Sevens });
  const w = tf.getVariable('w', [2], { initializer: made });
  const layer = tf.layers.dense([[1, 1]], 1, {
    kernelInitializer: 'Ones',
    biasInitializer: 'identity',
    useBias: false,
  });
  sess.run(tf.globalVariablesInitializer());
  expect(sess.run(w).toArray()).toEqual([14, 14]);
  expect(sess.run(layer).toArray()).toEqual([[2]]);
});
