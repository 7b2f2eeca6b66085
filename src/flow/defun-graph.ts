/** The graph of a `tf.Defun` while it is built, TensorFlow's `_FuncGraph`. */
import { isList } from '../base/border';
import type { DType } from '../base/dtype';
import { ValueError } from '../base/errors';
import { TensorShape } from '../base/shape';
import { entryOf } from '../base/keys';
import { append } from '../base/room';
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
    // It does not have the seed of the graph around it.
    this.graph.seed = null;
  }
  override capture(tensor: Tensor): Tensor {
    if (tensor.graph === this.graph) return tensor;
    return this.byValue ? this.copied(tensor) : this.captureOutside(tensor, 'Placeholder');
  }
  /** Makes again what a tensor is computed by, and gives the tensor that stands for it. */
  private copied(tensor: Tensor): Tensor {
    const open = new Set<Tensor>();
    const stack = [tensor];
    for (let at = stack.pop(); at; at = stack.pop()) {
      if (this.captures.has(at)) continue;
      this.checkCopied(at.op);
      const missing = at.op.inputs.filter((t) => !this.captures.has(t));
      if (!missing.length) this.copy(at.op);
      else if (open.has(at)) throw new ValueError(`Cannot capture a node of a loop ${byValue(at.op)}`);
      else append(stack, [at, ...missing.reverse()]);
      open.add(at);
    }
    return entryOf(this.captures, tensor);
  }
  private checkCopied(op: Operation): void {
    if (op.def.isStateful && !this.byValue?.has(op))
      throw new ValueError(`Cannot capture a stateful node ${byValue(op)}`);
    if (op.type === 'Placeholder' || op.type === 'PlaceholderV2')
      throw new ValueError(`Cannot capture a placeholder ${byValue(op)}`);
  }
  private copy(op: Operation): void {
    const inputs = op.inputs.map((t) => entryOf(this.captures, t));
    const types = op.outputs.map(({ dtype }) => dtype);
    const made = this.graph.asDefault((graph) =>
      graph.createOp(op.type, inputs, types, Object.fromEntries(op.attrsWithKinds()), op.name),
    );
    op.outputs.forEach((t, i) => this.captures.set(t, made.outputs[i]));
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
const byValue = ({ name, type }: Operation): string => `(name:${name}, type:${type}) by value.`;
