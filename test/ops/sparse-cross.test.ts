/** Crosses of features. */
import * as tf from '../../src';
import { applyOp } from '../../src/graph/apply';
import { type Mode, devices, open, sweep } from '../sweep';

sweep('sparse-cross');

/** The first line of what is said. */
const line = (...given: Parameters<typeof said>): string => said(...given).split('\n')[0];
/** What is said of one sparse column and dense ones, of shapes that are known in the run only. */
function said(mode: Mode, indices: number[], values: number[], shape: number[], dense: number[]): string {
  return new tf.Graph().asDefault((graph) => {
    const shapes = [indices, values, shape, dense];
    const fed = shapes.map(() => tf.placeholder('int64', null));
    const attrs = { hashed_output: false, num_buckets: 0, hash_key: 0, out_type: tf.string, internal_type: tf.int64 };
    const types = { N: 1, sparse_types: [tf.int64], dense_types: [tf.int64] };
    const edges = fed.map((t) => [t]) as never;
    const [out] = applyOp('SparseCross', edges, { ...attrs, ...types }).outputs;
    const sess = open(graph, mode);
    try {
      const zeros = (dims: number[]): tf.NDArray =>
        new tf.NDArray(
          'int64',
          dims,
          new BigInt64Array(dims.reduce((a, b) => a * b, 1)).fill(dims === shape ? 3n : 0n),
        );
      sess.run(out, fed.map((t, i) => [t, zeros(shapes[i])]) as never);
      return '';
    } catch (error) {
      return (error as Error).message;
    } finally {
      sess.close();
    }
  });
}
describe.each(devices())('operands over which 1.15 ends the process on $title', (mode) => {
  test('ranks', () => {
    expect(line(mode, [4], [4], [2], [3, 1])).toBe(
      'Input indices should be a matrix but received shape [4] at position 0',
    );
    expect(line(mode, [4, 2], [4, 1], [2], [3, 1])).toBe(
      'Input values should be a std::vector but received shape [4,1] at position 0',
    );
    expect(line(mode, [4, 2], [4], [2, 1], [3, 1])).toBe(
      'Input shapes should be a std::vector but received shape [2,1] at position 0',
    );
    expect(line(mode, [4, 2], [4], [2], [3])).toBe(
      'Dense inputs should be a matrix but received shape [3] at position 0',
    );
  });
  test('rows', () => {
    expect(line(mode, [4, 2], [1], [2], [3, 1])).toBe('Expected size of values to be 4 got 1 at position 0');
    expect(line(mode, [4, 2], [4], [2], [1, 1])).toBe('Expected batch size 3 got 1 at dense tensor 0');
    expect(line(mode, [4, 2], [4], [2], [3, 1])).toBe('');
  });
  test('inputs in several lists have the names of theirs', () => {
    const names = said(mode, [4], [4], [2], [3, 1]).match(/\w+\[\d\](?=: Placeholder)/g);
    expect(names).toEqual(['indices[0]', 'values[0]', 'shapes[0]', 'dense_inputs[0]']);
  });
});
