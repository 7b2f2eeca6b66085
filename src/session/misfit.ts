/** What is said of a fed array that does not fit its tensor. */
import { knownShape } from '../base/known-shape';
import { type NDArray, elementsOf } from '../base/ndarray';
import { pythonTuple } from '../base/shape';
import { isTypedArray } from '../base/to-ndarray';
import type { Tensor } from '../graph/graph';
import type { FeedValues } from '../graph/runner';
import { MOST_CLASSES } from './flat-feed';

/** Whether a list has whole numbers below `count`, as classes are, and makes no rows of so many. */
function areWhole(array: NDArray, count: number): boolean {
  if (array.size % count === 0) return false;
  return [...elementsOf(array)].every((x) => typeof x === 'number' && Number.isInteger(x) && x >= 0 && x < count);
}
export function suggestReshape(tensor: Tensor, array: NDArray, value: FeedValues): string {
  const { dims } = tensor.shape;
  if (!dims) return '';
  const columns = dims.length === 2 && dims[0] === null ? dims[1] : null;
  // Rows of so many numbers are no classes: some are missing, or are those of a part of a row.
  if (array.rank === 1 && columns !== null && columns > MOST_CLASSES && array.size % columns)
    return (
      `\n  fix: each row is ${columns} numbers, and ${array.size} are ${Math.floor(array.size / columns)} rows and ` +
      `${array.size % columns} numbers of another: n rows of a flat array are its first n * ${columns}.`
    );
  const asFlat = isTypedArray(value) ? !knownShape(value) : areWhole(array, columns ?? 0);
  if (array.rank === 1 && columns !== null && (isTypedArray(value) || asFlat))
    return (
      `\n  fix: ${asFlat ? 'if these are classes' : 'these are classes'}, one for each ` +
      'example: rows for them are readDataSets({oneHot: true}), and as they are they go with ' +
      'tf.placeholder(tf.int32, [null]) and tf.nn.sparseSoftmaxCrossEntropyWithLogits.' +
      (asFlat
        ? `\n  if they are rows, say so: feed new tf.NDArray(tf.${array.dtype.name}, [n, ${columns}], data).`
        : '')
    );
  if (dims.length === 1 && dims[0] !== null && array.rank === 2 && array.shape[1] === dims[0])
    return `\n  fix: a shape is a list, [null, ${dims[0]}]: in JavaScript (null, ${dims[0]}) is ${dims[0]}.`;
  const known = dims.filter((d): d is number => d !== null).reduce((a, b) => a * b, 1);
  const holes = dims.filter((d) => d === null).length;
  if (holes <= 1 && known > 0 && (holes ? array.size % known === 0 : array.size === known)) {
    return (
      `\n  fix: its ${array.size} elements would fill ` +
      `${pythonTuple(dims.map((d) => d ?? array.size / known))}: reshape the data, or feed a ` +
      'flat typed array.'
    );
  }
  if (holes > 1 && isTypedArray(value)) return manyWays(array);
  const wanted = holes ? `a multiple of ${known}` : String(known);
  return (
    `\n  fix: the fed data has ${array.size} elements, and a feed of shape ${tensor.shape} has ` +
    `${wanted}: check what was fed.`
  );
}
function manyWays({ dtype }: NDArray): string {
  return (
    '\n  fix: a typed array is flat, and a shape with several open dimensions leaves many ways: feed ' +
    `new tf.NDArray(tf.${dtype.name}, shape, data).`
  );
}
