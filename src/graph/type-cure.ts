/** What is said of an input whose type does not fit: arguments in each other's place, or a cast. */
import { type DType, float32 } from '../base/dtype';
import { asTensor, isSymbolic } from './constant';
import type { Tensor } from './graph';
import type { ArgDef, OpDef } from './opdef';

/** Inputs in each other's place: numbers and the tensor, as in `tf.transpose([1, 0], x)`, or two tensors. */
export function swapCure(def: OpDef, arg: ArgDef, tensor: Tensor, given: readonly unknown[]): string | null {
  return numbersFirst(def, arg, tensor, given) ?? exchanged(def, arg, tensor, given);
}
function numbersFirst(
  { inputs: [first] }: OpDef,
  arg: ArgDef,
  tensor: Tensor,
  [given]: readonly unknown[],
): string | null {
  if (arg === first || !tensor.dtype.isFloating) return null;
  const numbers = numbersOf(given) ?? (isSymbolic(given) ? integersOf(asTensor(given)) : null);
  return numbers && `\n  fix: the other way round: the tensor comes first, (${tensor.op.name}, ${numbers}).`;
}
/** Two tensors that would be taken the other way round: `tf.nn.inTopK(targets, predictions, 1)`. */
function exchanged(def: OpDef, arg: ArgDef, tensor: Tensor, given: readonly unknown[]): string | null {
  const takes = ({ dtype, typeAttr }: ArgDef, type: DType): boolean =>
    dtype ? dtype === type : (typeAttr && def.attr(typeAttr)?.allowed?.includes(type)) !== false;
  for (let i = 0; i < given.length; i++) {
    const [other, value] = [def.inputs[i], given[i]];
    if (other === arg || other.typeListAttr || !isSymbolic(value)) continue;
    const tensorThere = asTensor(value);
    if (takes(arg, tensorThere.dtype.baseDtype) && takes(other, tensor.dtype.baseDtype))
      return (
        `\n  fix: the other way round: ${arg.name} is ${tensorThere.op.name}, ` + `and ${other.name} ${tensor.op.name}.`
      );
  }
  return null;
}
/** A few numbers of the program, as it writes them. */
function numbersOf(given: unknown): string | null {
  if (typeof given === 'number') return String(given);
  if (!Array.isArray(given) || given.length > MOST_SHOWN) return null;
  const parts = given.map(numbersOf);
  return parts.includes(null) ? null : `[${parts.join(', ')}]`;
}
const MOST_SHOWN = 8;
const integersOf = ({ dtype, op }: Tensor): string | null => (dtype.isInteger ? op.name : null);
/** What makes a tensor of a type that is not taken one that is. */
export function typeCure(arg: string, { dtype, op }: Tensor, allowed: readonly DType[]): string {
  if (dtype.isBool && arg === 'axis')
    return '\n  fix: dimensions by their numbers, since TensorFlow 1.0: tf.reverse(x, [1]), not [false, true].';
  if (dtype.isBool && allowed.includes(float32))
    return `\n  fix: booleans are counted and averaged as numbers: tf.cast(${op.name}, tf.float32).`;
  if (arg === 'labels' && dtype.isFloating)
    return `\n  fix: classes are whole numbers: make the placeholder tf.int64, or tf.cast(${op.name}, tf.int64).`;
  if (dtype.isInteger && allowed.every((each) => !each.isInteger))
    return `\n  fix: fractions are asked for here: tf.cast(${op.name}, tf.float32).`;
  if (arg !== 'shape' && dtype.isFloating && !allowed.some((each) => each.isFloating))
    return `\n  fix: whole numbers are asked for here: tf.cast(${op.name}, tf.int64), or a constant of tf.int32.`;
  if (arg === 'shape' && dtype.isFloating) return '\n  fix: a shape is one list of whole numbers, as [784, 100].';
  return '';
}
