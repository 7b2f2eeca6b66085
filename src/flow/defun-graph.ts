/** The graph of a `tf.Defun` while it is built, TensorFlow's `_FuncGraph`. */
import { isList } from '../base/border';
import type { DType } from '../base/dtype';
import { ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { convertToTensor, type TensorLike } from '../graph/constant';
import type { Operation, Tensor } from '../graph/graph';
import { FuncGraph } from './func-graph';

export class DefunGraph extends FuncGraph {
  override readonly isBranch = false;
  /**
   * @param byValue  whether what it reads from outside is made again inside, in the place of arguments; with the
   *   stateful operations that may be
   */
  constructor(
    name: string,
    private readonly byValue: ReadonlySet<Operation> | null,
    override readonly variables: 'handles' | 'values',
  ) {
    super(name);
  }
  override capture(tensor: Tensor): Tensor {
    if (tensor.graph === this.graph) return tensor;
    return this.byValue ? this.copied(tensor) : this.captureOutside(tensor, 'Placeholder');
  }
  private copied(tensor: Tensor): Tensor {
    const known = this.captures.get(tensor);
    if (known) return known;
    const { op } = tensor;
    const what = `(name:${op.name}, type:${op.type}) by value.`;
    if (op.def.isStateful && !this.byValue?.has(op)) throw new ValueError(`Cannot capture a stateful node ${what}`);
    if (op.type === 'Placeholder' || op.type === 'PlaceholderV2')
      throw new ValueError(`Cannot capture a placeholder ${what}`);
    const inputs = op.inputs.map((t) => this.copied(t));
    const types = op.outputs.map(({ dtype }) => dtype);
    const made = this.graph.asDefault((graph) =>
      graph.createOp(op.type, inputs, types, Object.fromEntries(op.attrsWithKinds()), op.name),
    );
    op.outputs.forEach((t, i) => this.captures.set(t, made.outputs[i]));
    return made.outputs[tensor.valueIndex];
  }
  /** Builds the function of arguments of these types. */
  take(fn: (...args: Tensor[]) => unknown, names: readonly string[], types: readonly DType[]): void {
    this.graph.asDefault(() => {
      const args = types.map((dtype, i) => this.argument(dtype, TensorShape.unknown(), names[i]));
      this.inputs = [...args];
      const made = fn(...args);
      const results: readonly unknown[] = isList(made)
        ? Array.from(made)
        : made === undefined || made === null
          ? []
          : [made];
      if (results.some((x) => x === undefined || x === null))
        throw new ValueError(`Function ${this.name} can not return None.`);
      this.outputs = results.map((x) => this.capture(convertToTensor(x as TensorLike)));
    });
  }
}
