/** What helps where a message says it all but the cure: for errors of building and of running alike. */

const CURES: readonly (readonly [said: RegExp, cure: string])[] = [
  [
    /^slice index -?\d+ of dimension \d+ out of bounds/,
    'places are counted from 0, and from -1 at the end: there are fewer here.',
  ],
  [
    /^Integer division by zero/,
    'whole numbers have no infinity: keep 0 out, as tf.maximum(y, 1) does, or divide floats: tf.truediv(x, y).',
  ],
  [/^\w+ must be (a )?(scalar|rank 0)\b/, 'one number is asked for here, and no list: 10, not [10].'],
  [/evenly divide the split dimension/, 'parts of unequal size are a list of their sizes.'],
  [
    /must be evenly divisible by \d+ but is/,
    'it must go in without a rest: what stands beside the -1 of a shape, multiplied, into the number of elements; ' +
      'the size of a block into rows and columns (tf.pad makes them larger).',
  ],
  [
    /^Shape must be rank 1 but is rank 0/,
    'a list is asked for here, not one number: [10], not 10. A shape is one list of whole numbers, as [784, 100].',
  ],
  [
    /^TensorArray \S* ?Could not read from TensorArray index/,
    'nothing was written there: write() gives the array that has the value, array = array.write(i, x), in a loop as ' +
      'one of its variables.',
  ],
  [
    /^Can not squeeze dim\[\d+\], expected a dimension of 1, got/,
    'squeezing takes out dimensions of 1 alone. Labels of a sparse cross entropy are one whole number for each row; ' +
      'for rows of shares (one-hot) use tf.losses.softmaxCrossEntropy.',
  ],
  [
    /^tags and values not the same shape/,
    'a scalar summary is of one number: tf.reduceMean(x), or tf.summary.histogram for all of them.',
  ],
  [
    /^Tensor must be 4-D with last dim 1, 3, or 4/,
    'pictures are [batch, rows, columns, channels]: tf.reshape(x, [-1, 28, 28, 1]).',
  ],
  [
    /^Negative dimension size caused by subtracting/,
    "the window is larger than what it moves over: a smaller one, or padding of 'SAME' ('same' in tf.layers).",
  ],
  [
    /^assertion failed: \[weights can not be broadcast to values/,
    'weights are one number, or have as many dimensions as the values, each 1 or as large: feed as many weights ' +
      'as rows.',
  ],
  [
    /^perm dim -?\d+ is out of range|^transpose expects a vector of size/,
    'perm names each dimension once, counted from 0: [1, 0] of a matrix; left out, it turns all of them round.',
  ],
  [
    /^assertion failed: \[Expected shape for Tensor \S*sequence_length\S* is/,
    'sequenceLength has one length for each sequence of the batch: feed as many lengths as rows.',
  ],
  [
    /^In\[0\] mismatch In\[1\] shape:/,
    'a matrix product takes as many columns on the left as there are rows on the right.',
  ],
  [
    /^ConcatOp : Dimensions of inputs should match/,
    'tensors that are joined along one axis are equal along all others.',
  ],
  [
    /^Cannot reshape a tensor with \d+ elements to shape/,
    'the sizes of a shape, multiplied, are as many as there are elements; one of them may be -1, and is worked out.',
  ],
  [/^Index out of range using input dim 0; input has only 0 dims/, 'one number has no parts: leave get(…) out.'],
  [
    /^Expected dimension in the range \[0, 0\)/,
    'one number has no dimensions: leave the axis out. Where it stands before the tensor: the tensor comes first, ' +
      'tf.argmax(x, 1).',
  ],
  [
    /^Expected dimension in the range|^Dimension \(-?\d+\) must be in the range|^Shape must be at least rank /,
    'an axis is counted from 0, and -1 is the last: the tensor has fewer dimensions.',
  ],
  [
    /^Requires delta != 0/,
    'the third number is the step from one to the next: tf.range(0, 5, 1), or tf.range(5) alone.',
  ],
  [
    /^Requires start (<=|>=) limit when delta/,
    'a step above 0 counts up to the limit, one below 0 counts down: tf.range(5, 0, -1).',
  ],
  [
    /^can't split axis of size \d+ into pieces of size/,
    'the sizes of the parts add up to that of the axis; one of them may be -1, and is worked out.',
  ],
  [/^Expected size\[\d+\] in /, 'a part ends within the tensor; a size of -1 takes all that is left.'],
];
/** A line that begins with `fix: `, or null. */
export function messageCure(message: string): string | null {
  const found = CURES.find(([said]) => said.test(message));
  return found ? `fix: ${found[1]}` : null;
}
