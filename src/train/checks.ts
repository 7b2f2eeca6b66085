/** What can be trained, and what an optimizer says of what cannot; and rows that come twice. */
import { checkList, isIterable, isList, worded } from '../base/border';
import { flattened } from '../base/room';
import { isA, textOf } from '../base/preview';
import { type DType, bfloat16, float16, float32, float64 } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { NDArray } from '../base/ndarray';
import { readable } from '../base/unreadable';
import { apply, applyOp } from '../graph/apply';
import { IndexedSlices, type Tensor } from '../graph/graph';
import { element } from '../ops/words';
import { Variable } from '../variables/variable';

const VALID: ReadonlySet<DType> = new Set([float32, float64, float16, bfloat16]);
const VALID_NAMES = [...VALID].map((dtype) => `tf.${dtype.name}`).join(', ');

export function flatten(list: readonly Variable[] | Variable): Variable[] {
  return flattened([list]) as Variable[];
}
/** A list of variables as TensorFlow's errors print it. */
export function listOf(pairs: readonly (readonly [unknown, Variable])[]): string {
  return `[${pairs.map(([, v]) => `"${textOf(v)}"`).join(', ')}]`;
}
export function checkVariable(v: Variable): Variable {
  if (!isA(v, Variable))
    throw new TypeError_(
      `Trying to optimize unsupported type ${textOf(v)}\n  fix: varList and gradsAndVars take tf.Variable objects.`,
    );
  return v;
}
function spread<X>(list: Iterable<X>): readonly X[] {
  try {
    return [...list];
  } catch (error) {
    throw readable(error);
  }
}
/** @throws TypeError  for what are no pairs of a gradient and a variable */
export function checkedPairs<P>(pairs: Iterable<P>): readonly P[] {
  if (!isIterable(pairs) || ArrayBuffer.isView(pairs)) checkList(pairs, 'The gradients and variables');
  const list = spread(pairs);
  for (const pair of list)
    if (!isList(pair) || pair.length !== 2)
      throw new TypeError_(
        `Expected pairs of a gradient and a variable, got ${worded(pair)}.` +
          '\n  fix: what computeGradients returns, or [[gradient, variable], …].',
      );
  return list;
}
export function assertValid(list: readonly (Tensor | Variable)[]): void {
  for (const t of list) {
    const dtype = t.dtype.baseDtype;
    if (!VALID.has(dtype))
      throw new ValueError(
        `Invalid type tf.${dtype.name} for ${t.name}, expected: [${VALID_NAMES}].` +
          (t.op.trace.line ? `\n  ${t.name} was made at ${t.op.trace.line}` : '') +
          '\n  fix: costs and trained variables are floating point, and no gradient comes through a cast to ' +
          'integers: compute the cost in tf.float32.',
      );
  }
}
/** @throws TypeError  if what should count the steps is no variable */
export function checkStep(globalStep: unknown): asserts globalStep is Variable | undefined {
  if (globalStep === undefined || globalStep instanceof Variable) return;
  const isList = Array.isArray(globalStep);
  throw new TypeError_(
    `Expected a Variable for argument 'global_step' not ${textOf(globalStep)}.` +
      `\n  fix: ${isList ? 'variables to train by name: {varList: [W]}' : 'tf.train.getOrCreateGlobalStep()'}.`,
  );
}
/** Rows of the same index, summed. */
export function deduplicate({ values, indices, denseShape }: IndexedSlices): IndexedSlices {
  const [unique, positions] = applyOp('Unique', [indices]).outputs;
  const count = element(apply('Shape', [unique]), 0);
  return new IndexedSlices(apply('UnsortedSegmentSum', [values, positions, count]), unique, denseShape);
}
/** @throws TypeError  for a value in the place of the loss */
export function checkLoss(loss: unknown): void {
  const isNumber = typeof loss === 'number';
  if (!isNumber && !(loss instanceof NDArray)) return;
  throw new TypeError_(
    `'${isNumber ? 'float' : 'numpy.ndarray'}' object has no attribute 'dtype': minimize was given ` +
      `${isNumber ? `the number ${loss}` : 'an array of numbers'} for the loss. A value depends on no variable.` +
      '\n  likely cause: const loss = sess.run(…) put the value in the place of the tensor.' +
      '\n  fix: minimize the tensor that says how the loss is computed, and fetch its value under another name.',
  );
}
/** @throws TypeError  for a hyperparameter that is no number; TensorFlow would only find it in the first step */
export function checkNumber(given: unknown, name: string, optimizer: string): void {
  if (typeof given !== 'string' && typeof given !== 'boolean') return;
  const [what, type] = typeof given === 'string' ? [`'${given}', which is text`, 'string'] : [String(given), 'bool'];
  const number = typeof given === 'string' && given.trim() !== '' ? Number(given) : Number.NaN;
  const cure = Number.isNaN(number) ? 'give a number, as 0.1' : `without quotes: ${number}; Number(text) reads text`;
  throw new TypeError_(
    `Cast ${type} to float is not supported: the ${name} of ${optimizer} is ${what}.\n  fix: ${cure}.`,
  );
}
