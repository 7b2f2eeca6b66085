/** Scalar ops, one after the other: what an op costs beside its arithmetic. */
import * as tf from '../../src';
import { chainOf } from '../graphs';
import type { Setup } from '../serve';

export const setup: Setup = ({ ops }) => {
  const { x, a, b, end } = chainOf(ops);
  const sess = new tf.Session();
  return { step: () => sess.run(end, { [x.name]: 1, [a.name]: 0.5, [b.name]: 0.5 }) as number };
};
