/** An affine function of tensors side by side, with weights of its own. After TensorFlow 1.15's core_rnn_cell. */
import { int32 } from '../../base/dtype';
import { ValueError } from '../../base/errors';
import type { Tensor } from '../../graph/graph';
import { biasAdd } from '../../ops/bias';
import { concat } from '../../ops/concat';
import { matmul } from '../../ops/matmul';
import { scalar } from '../../ops/words';
import { getVariable } from '../../variables/get-variable';
import { constantInitializer } from '../../variables/initializers';
import { getVariableScope, variableScope } from '../../variables/scope';
import type { Variable } from '../../variables/variable';

/** `[x, …] · kernel + bias`; the weights are made in the variable scope that is open. */
export class Linear {
  private readonly kernel: Variable;
  private readonly bias: Variable;
  /** @throws ValueError  for what has no rows of a known size */
  constructor(args: readonly Tensor[], outputSize: number) {
    const [{ dtype }] = args;
    const depth = args.reduce((sum, x) => sum + depthOf(args, x), 0);
    [this.kernel, this.bias] = variableScope(getVariableScope(), (outer): [Variable, Variable] => [
      getVariable('kernel', [depth, outputSize], { dtype }),
      variableScope(outer, () =>
        getVariable('bias', [outputSize], { dtype, initializer: constantInitializer(0, { dtype }) }),
      ),
    ]);
  }
  /** Its nodes for tensors of the same sizes. */
  of(args: readonly Tensor[]): Tensor {
    const x = args.length === 1 ? args[0] : sideBySide(args);
    return biasAdd(matmul(x, this.kernel), this.bias);
  }
}
function sideBySide(args: readonly Tensor[]): Tensor {
  const one = scalar(1, int32);
  return concat(args, one);
}
function depthOf(all: readonly Tensor[], { shape }: Tensor): number {
  if (shape.rank !== 2)
    throw new ValueError(
      `linear is expecting 2D arguments: [${all.map(shown).join(', ')}]` +
        '\n  fix: one step of the net, [batch, size]; tf.nn.dynamicRnn(cell, x) takes all steps.',
    );
  const depth = shape.at(1);
  if (depth !== null) return depth;
  throw new ValueError(`linear expects shape[1] to be provided for shape ${shape}, but saw ?`);
}
/** A shape as Python prints it in a list. */
function shown({ shape: { dims } }: Tensor): string {
  return `TensorShape(${dims ? `[${dims.map((size) => `Dimension(${size ?? 'None'})`).join(', ')}]` : 'None'})`;
}
