/** What the operands of all losses must be. */
import { ValueError } from '../base/errors';
import type { Tensor } from '../graph/graph';

/** @throws ValueError  for an argument that is null */
export function mustBe(given: unknown, name: string): void {
  if (given === null || given === undefined) throw new ValueError(`${name} must not be None.`);
}
/** @throws ValueError  in TensorFlow's words if two shapes are known and differ */
export function mustMatch(a: Tensor, b: Tensor): void {
  if (!a.shape.isCompatibleWith(b.shape))
    throw new ValueError(
      `Shapes ${a.shape} and ${b.shape} are incompatible\n  fix: what is predicted and what is right have one shape; ` +
        'tf.reshape or tf.oneHot makes one of the other.',
    );
}
