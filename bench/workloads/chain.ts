/** Scalar ops, one after the other: what an op costs beside its arithmetic. */
import { chainOf } from '../graphs';
import type { Setup } from '../serve';
import { openSession } from '../training';

export const setup: Setup = ({ ops }) => {
  const { x, a, b, end } = chainOf(ops);
  const sess = openSession();
  return { step: () => sess.run(end, { [x.name]: 1, [a.name]: 0.5, [b.name]: 0.5 }) as number };
};
