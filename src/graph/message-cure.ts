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
  [/must be evenly divisible by|evenly divide the split dimension/, 'parts of unequal size are a list of their sizes.'],
];
/** A line that begins with `fix: `, or null. */
export function messageCure(message: string): string | null {
  const found = CURES.find(([said]) => said.test(message));
  return found ? `fix: ${found[1]}` : null;
}
