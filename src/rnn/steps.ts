/** What recurrent nets have in common: their scope, sizes, and steps behind the end of a sequence. */
import { isList } from '../base/border';
import type { ByName } from '../base/by-name';
import { type DType, type DTypeLike, int32 } from '../base/dtype';
import { ValueError } from '../base/errors';
import type { NDArray } from '../base/ndarray';
import { toNDArray } from '../base/to-ndarray';
import { graphOf } from '../graph/apply';
import type { TensorLike } from '../graph/constant';
import { Tensor, getDefaultGraph } from '../graph/graph';
import { condList } from '../flow/cond';
import { flowOf } from '../flow/context';
import { assertSame, flatten, packAs } from '../flow/structure';
import { TensorArray } from '../flow/tensor-array';
import { where } from '../ops/where';
import { element, shapeOf } from '../ops/words';
import { variableScope } from '../variables/scope';
import type { VariableScope } from '../variables/variable-scope';
import type { Step } from './cell';
import type { BatchSize } from './state';

/** A variable scope, or its name. */
export type ScopeLike = string | VariableScope;

/** What `staticRnn` takes by name. */
export interface StaticRnnOptions<S = unknown> extends ByName {
  /** The state before the first step; zeros where not given. */
  readonly initialState?: S | null;
  /** The dtype of state and outputs; it must be given where there is no initial state. */
  readonly dtype?: DTypeLike | null;
  /** How many steps each row has; all of them where not given. */
  readonly sequenceLength?: TensorLike | null;
  /** A variable scope, or its name; `rnn` where not given. */
  readonly scope?: ScopeLike | null;
}
/** What tells the dtype of a net's state: one of these must be given. */
export type Started = { readonly dtype: DTypeLike } | { readonly initialState: NonNullable<unknown> };
/** Runs `body` in the scope of a net: what is read of its variables is kept where the reader is. */
export function inNetScope<R>(scope: ScopeLike | null | undefined, body: (scope: VariableScope) => R): R {
  return variableScope(scope || 'rnn', (opened) => {
    const inLoop = flowOf(getDefaultGraph().flow.context)?.loop ?? null;
    if (!inLoop && (opened.cachingDevice ?? null) === null) opened.setCachingDevice((op) => op.device);
    return body(opened);
  });
}
/** A list of numbers as integers, as Python takes one of whole numbers. */
export function wholeNumbers<T extends TensorLike>(given: T): T | NDArray {
  return isList(given) && given.every((n) => typeof n === 'number') ? toNDArray(given, int32) : given;
}
/** The tensors of a structure. */
export function tensorsOf(structure: unknown): Tensor[] {
  return flatten(structure).filter((x): x is Tensor => x instanceof Tensor);
}
/** The rows of inputs [time, batch, …]: a number where it is known. */
export function batchOf(inputs: readonly Tensor[]): BatchSize {
  for (const x of inputs) {
    const { rank } = x.shape;
    if (rank === null) continue;
    if (rank < 2) throw new ValueError(`Expected input tensor ${x} to have rank at least 2`);
    const batch = x.shape.at(1);
    if (batch !== null) return batch;
  }
  return element(shapeOf(inputs[0]), 1);
}
/** The dtype of outputs. @throws ValueError  where the states are of several */
export function stateDtype(explicit: DType | null, state: unknown): DType {
  if (explicit) return explicit;
  const dtypes = flatten(state).flatMap((x) => (x instanceof Tensor || x instanceof TensorArray ? [x.dtype] : []));
  if (!dtypes.length) throw new ValueError('Unable to infer dtype from empty state.');
  if (dtypes.some((dtype) => dtype !== dtypes[0]))
    throw new ValueError(
      'State has tensors of different inferred_dtypes. Unable to infer a single representative dtype.',
    );
  return dtypes[0];
}
/** @throws ValueError  where what a cell gives is not of the form of its sizes */
export function checkStep(outputs: unknown, state: unknown, [output, next]: Step<unknown, unknown>): void {
  assertSame(outputs, output);
  assertSame(state, next);
}
/** What goes on where rows are over: the value before; a scalar or an array is always the new one. */
export function copyThrough(isOver: Tensor, before: unknown, next: unknown): unknown {
  if (!(before instanceof Tensor && next instanceof Tensor) || before.shape.rank === 0) return next;
  return graphOf([next]).colocateWith(next, () => where(isOver, before, next));
}

/** Where the sequences of a batch end. */
export interface Ends {
  readonly lengths: Tensor;
  readonly min: Tensor;
  readonly max: Tensor;
  readonly zeroOutput: unknown;
}
/** How a step compares: a number of the program is on the other side, as Python turns it. */
interface Time {
  reaches(length: Tensor): Tensor;
  isBefore(length: Tensor): Tensor;
}
export function timeOf(time: number | Tensor): Time {
  return typeof time === 'number'
    ? { reaches: (n) => n.lessEqual(time), isBefore: (n) => n.greater(time) }
    : { reaches: (n) => time.greaterEqual(n), isBefore: (n) => time.less(n) };
}
/**
 * A step of sequences that end: behind its end, the output of a row is zeros and its state stays.
 *
 * @param always  copies in every step, instead of asking whether any row or all rows are over
 */
export function stepWithEnds(
  time: number | Tensor,
  { lengths, min, max, zeroOutput }: Ends,
  state: unknown,
  call: () => Step<unknown, unknown>,
  always: boolean,
): Step<unknown, unknown> {
  const zeros = flatten(zeroOutput);
  const states = flatten(state);
  const at = timeOf(time);
  const isOver = at.reaches(lengths);
  const stepped = (): [outputs: unknown[], states: unknown[]] => {
    const made = call();
    checkStep(zeroOutput, state, made);
    return [flatten(made[0]), flatten(made[1])];
  };
  const copied = (outputs: readonly unknown[], next: readonly unknown[]): unknown[] => [
    ...outputs.map((y, i) => copyThrough(isOver, zeros[i], y)),
    ...next.map((s, i) => copyThrough(isOver, states[i], s)),
  ];
  let all: readonly unknown[];
  if (always) {
    const [outputs, next] = stepped();
    // TensorFlow looks at the states first; their nodes come after the outputs'.
    all = copied(outputs, next);
  } else
    all = condList(
      at.reaches(max),
      () => [...zeros, ...states],
      () => {
        const [outputs, next] = stepped();
        return condList(
          at.isBefore(min),
          () => [...outputs, ...next],
          () => copied(outputs, next),
        );
      },
    );
  const known = [...zeros, ...states];
  all.forEach((x, i) => {
    const { [i]: like } = known;
    if (x instanceof Tensor && like instanceof Tensor) x.setShape(like.shape);
  });
  return [packAs(zeroOutput, all.slice(0, zeros.length)), packAs(state, all.slice(zeros.length))];
}
