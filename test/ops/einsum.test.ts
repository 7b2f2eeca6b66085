/** Equations that fit and others, against what TensorFlow 1.15 says and gives; their nodes are in test/graph/nodes. */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from 'tfjs-session';
import { devices, open } from '../devices';

interface Case {
  readonly equation: string;
  readonly shapes: readonly (readonly number[] | null)[];
  readonly error?: string;
  readonly message?: string;
  readonly name?: string;
  readonly nodes?: string;
  readonly shape?: readonly (number | null)[] | null;
  readonly value?: unknown;
}
const cases = JSON.parse(readFileSync(path.join(__dirname, '..', 'fixtures', 'einsum.json'), 'utf8')) as Case[];

beforeEach(() => tf.resetDefaultGraph());
beforeAll(() => tf.logging.setVerbosity(tf.logging.ERROR));
afterAll(() => tf.logging.setVerbosity(tf.logging.WARN));
const inputs = ({ shapes }: Case): tf.Tensor[] => shapes.map((shape) => tf.placeholder(tf.float32, shape));
/** Any number of inputs. */
const call = (equation: string, [first, ...more]: readonly tf.Tensor[]): tf.Tensor =>
  tf.einsum(equation, ...([first, ...more].filter(Boolean) as [tf.Tensor]));

test.each(cases.filter(({ error }) => error))('$equation of $shapes is refused', (row) => {
  const error = (() => {
    try {
      call(row.equation, inputs(row));
      return null;
    } catch (thrown) {
      return thrown as Error;
    }
  })();
  expect(error?.name.replace('_', '')).toBe(row.error);
  expect(error?.message).toContain(row.message);
});
test.each(cases.filter(({ error }) => !error))('$equation of $shapes', (row) => {
  const xs = inputs(row);
  const graph = tf.getDefaultGraph();
  const y = call(row.equation, xs);
  expect(
    graph
      .getOperations()
      .slice(xs.length)
      .map((op) => op.type)
      .join(' '),
  ).toBe(row.nodes);
  expect(y.name).toBe(row.name);
  expect(y.shape.rank === null ? null : y.shape.asList()).toEqual(row.shape);
  if (row.value === undefined) return;
  const feeds = new Map(
    xs.map((x) => [
      x,
      new tf.NDArray(
        'float32',
        x.shape.asList() as number[],
        Float32Array.from({ length: x.shape.numElements() ?? 0 }, (_, i) => i + 1),
      ),
    ]),
  );
  for (const mode of devices()) {
    const got: unknown = open(graph, mode).run(y, feeds);
    expect(got instanceof tf.NDArray ? got.toArray() : got).toEqual(row.value);
  }
});
test('what is no tensor is told how to become one', () => {
  const list = [[1, 2]] as unknown as tf.Tensor;
  expect(() => tf.einsum('ij->ji', list)).toThrow(
    "'list' object has no attribute 'get_shape'\n  fix: tf.einsum takes tensors: tf.constant(…) of it.",
  );
});
test('variables stand for their values, and all of it has one name', () => {
  const [a, b] = [new tf.Variable([[1, 2]]), tf.getVariable('b', [2, 1], { useResource: true })];
  expect(tf.einsum('ij,jk->ik', a, b, { name: 'both' }).name).toBe('both/MatMul:0');
});
