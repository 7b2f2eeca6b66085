/**
 * The whole surface in seconds: one row per public name (surface-rows.ts). A name without a row fails, and so does one
 * that TensorFlow 1.15 does not have, unless it is listed there with its reason.
 */
import * as tf from '../src';
import { MODULES, ours } from '../src/surface/names';
import { OURS, ROWS, surface } from './surface-rows';

/** Names that share a function with a name above, as TensorFlow's do. */
const ALIASES: Readonly<Record<string, string>> = {
  'tf.randomGamma': 'tf.random.gamma',
  'tf.randomPoisson': 'tf.random.poisson',
  ...Object.fromEntries(
    ['queue.FIFOQueue']
      .concat(
        ['PaddingFIFOQueue', 'PriorityQueue', 'RandomShuffleQueue', 'QueueBase'].flatMap((name) => [
          `queue.${name}`,
          `io.${name}`,
        ]),
      )
      .map((name) => [`tf.${name}`, `tf.${name.slice(name.indexOf('.') + 1)}`]),
  ),
  ...Object.fromEntries(
    ['QueueRunner', 'addQueueRunner', 'startQueueRunners'].map((name) => [
      `tf.train.queueRunner.${name}`,
      `tf.train.${name}`,
    ]),
  ),
  'tf.contrib.lookup.KeyValueTensorInitializer': 'tf.lookup.KeyValueTensorInitializer',
  'tf.contrib.lookup.TextFileIndex': 'tf.lookup.TextFileIndex',
  'tf.contrib.lookup.TextFileInitializer': 'tf.lookup.TextFileInitializer',
  'tf.contrib.lookup.MutableDenseHashTable': 'tf.lookup.experimental.DenseHashTable',
  'tf.strings.join': 'tf.stringJoin',
  'tf.strings.toNumber': 'tf.stringToNumber',
  'tf.strings.strip': 'tf.stringStrip',
  'tf.strings.toHashBucket': 'tf.stringToHashBucket',
  'tf.strings.toHashBucketFast': 'tf.stringToHashBucketFast',
  'tf.strings.toHashBucketStrong': 'tf.stringToHashBucketStrong',
  'tf.sets.setDifference': 'tf.sets.difference',
  'tf.sets.setIntersection': 'tf.sets.intersection',
  'tf.sets.setSize': 'tf.sets.size',
  'tf.sets.setUnion': 'tf.sets.union',
  'tf.debugging.assertAllFinite': 'tf.verifyTensorAllFinite',
  'tf.initializers.orthogonal': 'tf.orthogonalInitializer',
  'tf.linalg.det': 'tf.matrixDeterminant',
  'tf.linalg.inv': 'tf.matrixInverse',
  'tf.linalg.solve': 'tf.matrixSolve',
  'tf.linalg.triangularSolve': 'tf.matrixTriangularSolve',
  'tf.half': 'tf.float16',
  'tf.double': 'tf.float64',
  'tf.dtypes.half': 'tf.float16',
  'tf.dtypes.double': 'tf.float64',
  'tf.mod': 'tf.floormod',
  'tf.math.mod': 'tf.floormod',
  'tf.linalg.bandPart': 'tf.matrixBandPart',
  'tf.linalg.diag': 'tf.matrixDiag',
  'tf.linalg.diagPart': 'tf.matrixDiagPart',
  'tf.linalg.setDiag': 'tf.matrixSetDiag',
  'tf.linalg.tensorDiag': 'tf.diag',
  'tf.linalg.tensorDiagPart': 'tf.diagPart',
  'tf.linalg.transpose': 'tf.matrixTranspose',
  'tf.linSpace': 'tf.linspace',
  'tf.NoGradient': 'tf.NotDifferentiable',
  'tf.initializeVariables': 'tf.variablesInitializer',
  'tf.initializeAllVariables': 'tf.globalVariablesInitializer',
  'tf.initializeLocalVariables': 'tf.localVariablesInitializer',
  'tf.nn.localResponseNormalization': 'tf.nn.lrn',
  'tf.nn.avgPool2d': 'tf.nn.avgPool',
  'tf.random.normal': 'tf.randomNormal',
  'tf.random.uniform': 'tf.randomUniform',
  'tf.random.shuffle': 'tf.randomShuffle',
  ...Object.fromEntries(
    [
      'zeros',
      'ones',
      'constant',
      'randomNormal',
      'randomUniform',
      'truncatedNormal',
      'varianceScaling',
      'uniformUnitScaling',
      'glorotUniform',
      'glorotNormal',
      'globalVariables',
      'localVariables',
      'variables',
    ].map((name) => [`tf.initializers.${name}`, `tf.${name}Initializer`]),
  ),
  ...Object.fromEntries(
    ['constant', 'glorotNormal', 'glorotUniform', 'ones', 'orthogonal', 'zeros'].map((name) => [
      `tf.keras.initializers.${name}`,
      `tf.${name}Initializer`,
    ]),
  ),
  'tf.keras.initializers.normal': 'tf.keras.initializers.randomNormal',
  'tf.keras.initializers.uniform': 'tf.keras.initializers.randomUniform',
};
const SURFACE = new Map(surface(tf));
const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function plain(value: unknown): unknown {
  if (value instanceof tf.NDArray) return plain(value.toArray());
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Math.round(value * 1e4) / 1e4 + 0;
  return Array.isArray(value) ? value.map(plain) : value;
}
const isSymbolic = (value: unknown): value is tf.Tensor =>
  value instanceof tf.Tensor || value instanceof tf.Operation || value instanceof tf.Variable;

beforeEach(() => tf.resetDefaultGraph());
for (const [name, [call, fact]] of Object.entries(ROWS)) {
  test(name, () => {
    using sess = new tf.Session('', { config: { device: 'portable' } });
    let value = call(sess);
    if (isSymbolic(value) || (Array.isArray(value) && value.length > 0 && value.every(isSymbolic))) {
      if (tf.globalVariables().length) sess.run(tf.globalVariablesInitializer());
      value = sess.run(value as tf.Tensor);
    }
    if (typeof fact === 'function') expect((fact as (value: unknown) => boolean)(plain(value))).toBe(true);
    else expect(plain(value)).toEqual(plain(fact));
  });
}

test('every public name has a row, or is another name of one that has', () => {
  const rows = Object.keys(ROWS);
  const without = [...SURFACE].filter(
    ([name, value]) =>
      !(name in ROWS) &&
      !rows.some((row) => SURFACE.get(row) === value && (lastOf(row) === lastOf(name) || ALIASES[name] === row)),
  );
  expect(without.map(([name]) => name)).toEqual([]);
});
test('every row is of a public name', () => {
  expect([...Object.keys(ROWS), ...Object.keys(ALIASES)].filter((name) => !SURFACE.has(name))).toEqual([]);
});
test("every public name is TensorFlow 1.15's, or has a reason", () => {
  const theirs = new Set(MODULES.flatMap(({ path, names }) => names.map((name) => ours(`${path}.${name}`))));
  const reasoned = (name: string): boolean =>
    Object.keys(OURS).some((ours) => name === ours || name.startsWith(`${ours}.`));
  expect([...SURFACE.keys()].filter((name) => !theirs.has(name) && !reasoned(name))).toEqual([]);
  expect(
    Object.keys(OURS).filter((name) => theirs.has(name) && name !== 'tf.contrib' && name !== 'tf.examples'),
  ).toEqual([]);
});
