/** Losses of independent yes-or-no labels. Made of other ops. */
import { ValueError } from '../base/errors';
import { boundOptions } from '../calls/bind';
import { reflected } from '../graph/algebra';
import { apply, inScope } from '../graph/apply';
import { convertToTensor, isSymbolic, isWeak, type NotText } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { knowingNames } from '../ops/known-calls';
import type { ElementLossCall } from '../ops/known-lists';
import type { NameOption } from '../ops/options';
import { select, zerosLike } from '../ops/words';
import { checkNamed, type SparseCrossEntropyArgs } from './cross-entropy';

/**
 * The cross-entropy of independent yes-or-no labels: −z·log σ(x) − (1 − z)·log(1 − σ(x)), element by element,
 * computed as max(x, 0) − x·z + log(1 + e^−|x|), which does not overflow.
 *
 *     tf.nn.sigmoidCrossEntropyWithLogits({ labels: [1, 0], logits: [0, 0] })   // [0.693147, 0.693147]
 *
 * @param labels  in [0, 1], dtype and shape of `logits`
 * @param logits  floats, any shape
 * @returns  dtype and shape of `logits`
 * @throws ValueError  if the two are not passed by name, or their shapes differ
 */
export const sigmoidCrossEntropyWithLogits = knowingNames<ElementLossCall<NameOption & { readonly labels: NotText }>>()(
  'nn.sigmoid_cross_entropy_with_logits',
  function sigmoidCrossEntropyWithLogits(args: SparseCrossEntropyArgs): Tensor {
    checkNamed('sigmoid_cross_entropy_with_logits', args, arguments.length);
    return logistic(args.labels, args.logits, args.name, (z, x, scope) => {
      const zeros = zerosLike(x);
      const positive = x.greaterEqual(zeros);
      const relu = select(positive, x, zeros);
      const negAbs = select(positive, x.neg(), x);
      return apply('Add', [relu.sub(x.mul(z)), apply('Log1p', [apply('Exp', [negAbs])])], {}, scope);
    });
  },
);

/**
 * `sigmoidCrossEntropyWithLogits` with the errors on positive labels counted `posWeight` times: above 1 it trades
 * precision for recall.
 *
 *     tf.nn.weightedCrossEntropyWithLogits([1, 0], [0, 0], 2)   // [1.386294, 0.693147]
 *
 * @param labels     in [0, 1], dtype and shape of `logits`
 * @param logits     floats, any shape
 * @param posWeight  a number, or a tensor that broadcasts to the labels
 * @param targets    `labels`, by its older name
 * @returns  dtype and shape of `logits`
 * @throws ValueError  if the shapes differ, or both names of the labels are given
 */
export const weightedCrossEntropyWithLogits = boundOptions(
  'nn.weighted_cross_entropy_with_logits',
  3,
  function weightedCrossEntropyWithLogits(
    labels: NotText,
    logits: NotText,
    posWeight: number | Tensor,
    { name }: NameOption = {},
  ): Tensor {
    return logistic(labels, logits, name, (z, x, scope) => {
      const extra =
        typeof posWeight === 'number'
          ? reflected(posWeight - 1, 'mul', z)
          : convertToTensor(posWeight, x.dtype.baseDtype, 'pos_weight').sub(1).mul(z);
      const weight = reflected(1, 'add', extra);
      const left = reflected(1, 'sub', z).mul(x);
      const log = apply('Log1p', [apply('Exp', [x.abs().neg()])]);
      const right = weight.mul(log.add(apply('Relu', [x.neg()])));
      return apply('Add', [left, right], {}, scope);
    });
  },
);

/** A column beside a row: the labels of one output. */
function cure(logits: number | undefined, labels: number | undefined): string {
  if (logits === 2 && labels === 1)
    return '\n  fix: tf.squeeze(logits, { axis: 1 }), or labels of shape [null, 1], fed as [[0], [1], …].';
  if (logits === 1 && labels === 2) return '\n  fix: tf.squeeze(labels, { axis: 1 }), or labels of shape [null].';
  return '';
}
function logistic(
  labels: NotText,
  logits: NotText,
  name: string | null | undefined,
  body: (z: Tensor, x: Tensor, scope: string) => Tensor,
): Tensor {
  return inScope(name, 'logistic_loss', [logits, labels], (scope) => {
    const decided = isWeak(logits) && isSymbolic(labels) ? convertToTensor(labels).dtype.baseDtype : null;
    const x = convertToTensor(logits, decided, 'logits');
    const z = convertToTensor(labels, isWeak(labels) ? x.dtype.baseDtype : null, 'labels');
    if (!z.shape.isCompatibleWith(x.shape))
      throw new ValueError(
        `logits and labels must have the same shape (${x.shape} vs ${z.shape})` +
          cure(x.shape.dims?.length, z.shape.dims?.length),
      );
    return body(z, x, scope);
  });
}
