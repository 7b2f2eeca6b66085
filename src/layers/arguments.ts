/** Arguments of layers: as one object, by their names. */
import type { ByName } from '../base/by-name';
import type { DTypeLike } from '../base/dtype';
import { isCallable, isList } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { tellOnce } from '../base/logging';
import { isA, isRevoked, preview, textOf } from '../base/preview';
import { memberOf } from '../base/thrown';
import type { Binder } from '../calls/bind';
import { Tensor } from '../graph/graph';
import type { Regularizer, Reuse, VariableScope } from '../variables/variable-scope';
import type { ActivityRegularizer, Constraint } from './takes';
import type { Activation, LayerInitializer } from './named';

/** What the constructors of layers take last. */
export type ClassTaken = [dtype?: DTypeLike, _scope?: string | VariableScope, _reuse?: Reuse];
/** What a layer of weights and a bias takes after its sizes. */
export type WeightsTaken = [
  activation?: Activation,
  useBias?: boolean,
  kernelInitializer?: LayerInitializer,
  biasInitializer?: LayerInitializer,
  kernelRegularizer?: Regularizer,
  biasRegularizer?: Regularizer,
  activityRegularizer?: ActivityRegularizer,
  kernelConstraint?: Constraint,
  biasConstraint?: Constraint,
  trainable?: boolean,
  name?: string,
];
/** The same by name. */
export interface WeightsOptions extends ByName {
  /** Is applied to the result: a function, or its name. */
  readonly activation?: Activation | null;
  /** Whether a bias is added. */
  readonly useBias?: boolean;
  /** What the kernel starts from; Glorot's uniform one where not given. */
  readonly kernelInitializer?: LayerInitializer | null;
  /** What the bias starts from; zeros where not given. */
  readonly biasInitializer?: LayerInitializer | null;
  /** Gives a penalty on the kernel. */
  readonly kernelRegularizer?: Regularizer | null;
  /** Gives a penalty on the bias. */
  readonly biasRegularizer?: Regularizer | null;
  /** Gives a penalty on the result. */
  readonly activityRegularizer?: ActivityRegularizer | null;
  /** A projection of the kernel after each update. */
  readonly kernelConstraint?: Constraint | null;
  /** A projection of the bias after each update. */
  readonly biasConstraint?: Constraint | null;
  /** Whether optimizers change the layer's variables. */
  readonly trainable?: boolean;
  /** The layer's name, which its variables' begin with. */
  readonly name?: string | null;
}
/** What functions of layers take beside what their class does. */
export interface ReuseOption extends ByName {
  /** Whether the variables are those that are there already, of this name. */
  readonly reuse?: Reuse | null;
}
/** What the class of a layer is made with by a function: its name is the scope. */
export function ofFunction<O extends ReuseOption & { readonly name?: string | null }>(
  given: O,
): Omit<O, 'reuse'> & { readonly _scope: string | null; readonly _reuse: Reuse | null } {
  const { reuse = null, ...options } = given;
  return { ...options, _scope: given.name ?? null, _reuse: reuse };
}
/** The arguments of a constructor by name. */
export function optionsOf<O>(binder: Binder<readonly unknown[]>, given: readonly unknown[]): O {
  return binder.named(binder.take(given)) as O;
}

/** A size, 0 too, as Python's int() makes one. @throws ValueError  for what is none */
export function wholeNumber(value: unknown, name: string): number {
  const size = typeof value === 'object' || typeof value === 'symbol' ? NaN : Math.trunc(Number(value)) + 0;
  if (!Number.isFinite(size))
    throw new ValueError(`${name} must be a positive integer, got ${preview(value)}.${inputFirst(value, name)}`);
  if (size !== Number(value))
    tellOnce(`${name} ${size}`, `${name} is ${preview(value)}, and cut to ${size}: a size is whole.\n  ${ROUND}`);
  if (size < 0) throw new ValueError(`Dimension ${size} must be >= 0\n  ${name} is ${preview(value)}.`);
  return size;
}
const ROUND = 'fix: Math.round, Math.floor or Math.ceil says which whole number is meant.';
function inputFirst(value: unknown, name: string): string {
  return isA(value, Tensor) ? `\n  fix: the other way round: the input comes first, then ${name}, (x, 10).` : '';
}
/** The same, of which a fraction is none. */
export function exactNumber(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value))
    throw new ValueError(`Ambiguous dimension: ${value}\n  fix: ${name} is a whole number.`);
  return wholeNumber(value, name);
}
/** One number for all dimensions, or one for each. @throws ValueError  in Keras's words */
export function perSpace(value: unknown, n: number, name: string): number[] {
  if (isInteger(value)) return new Array<number>(n).fill(value);
  if (isList(value) && value.length === n && value.every(isInteger)) return value.slice();
  const shown = isList(value) ? `(${value.slice(0, MOST_SHOWN).map(preview).join(', ')})` : preview(value);
  throw new ValueError(
    `The \`${name}\` argument must be a tuple of ${n} integers. Received: ${shown}${otherName(value)}`,
  );
}
/** What else a text or a function in the place of sizes is: an argument behind them. */
function otherName(value: unknown): string {
  if (isCallable(value)) return '\n  fix: an activation by name: {activation: tf.nn.relu}.';
  return typeof value === 'string' && /^(same|valid)$/i.test(value) ? `\n  fix: {padding: '${value}'}.` : '';
}
/** The axes of normalization, one or several. A truth value in their place is whether it trains. */
export function axesOf(axis: unknown): number[] {
  const axes = [axis].flat();
  if (!axes.every(isInteger)) {
    const cure = typeof axis === 'boolean' ? `\n  fix: training by name: {training: ${axis}}.` : '';
    throw new TypeError_(`axis must be int or list, type given: ${typeof axis}${cure}`);
  }
  if (axes.length) return axes;
  throw new ValueError('axis names no dimension.\n  fix: that of the features, as {axis: -1}.');
}
const MOST_SHOWN = 8;
const isInteger = (value: unknown): value is number => Number.isInteger(value);
export function paddingOf(value: unknown): 'VALID' | 'SAME' {
  const found = textOf(value).toUpperCase();
  if (found === 'VALID' || found === 'SAME') return found;
  throw new ValueError(
    'The `padding` argument must be a list/tuple or one of "valid", "same" (or "causal", only for `Conv1D). ' +
      `Received: ${textOf(value).toLowerCase()}`,
  );
}
export function channelsFirst(value: unknown): boolean {
  const format = textOf(value ?? 'channels_last').toLowerCase();
  if (format === 'channels_first') return true;
  if (format === 'channels_last') return false;
  throw new ValueError(
    `The \`data_format\` argument must be one of "channels_first", "channels_last". Received: ${textOf(value)}`,
  );
}
/** @throws TypeError  for what cannot be asked what shape it gives */
export function checkLayer(value: unknown, name: string): void {
  if (isRevoked(value) || !isCallable(memberOf(value, 'computeOutputShape')))
    throw new TypeError_(`${name} must be a layer: ${preview(value)}`);
}
