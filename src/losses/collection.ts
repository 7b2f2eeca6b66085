/** The collections of losses, and their sums. */
import type { ByName } from '../base/by-name';
import { float32 } from '../base/dtype';
import { boundOptions } from '../calls/bind';
import { type ScalarTensor, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { addN } from '../ops/add-n';
import type { NameOption } from '../ops/options';
import { scalar } from '../ops/words';
import { collect } from './weighted';

/** What `addLoss` takes by name. */
export interface CollectionOption extends ByName {
  /** The collection; null for none. */
  readonly lossCollection?: string | null;
}
/** What picks losses by name. */
export interface ScopeOption extends ByName {
  /** The beginning of their names: a regular expression. */
  readonly scope?: string | null;
}
/**
 * Adds a loss of one's own to the collection of losses.
 *
 *     tf.losses.addLoss(tf.constant(0.5));
 *     tf.losses.getLosses().length   // 1
 *
 * @param loss            a tensor
 * @param lossCollection  the collection; null for none; `tf.GraphKeys.LOSSES` where not given
 */
export const addLoss = boundOptions(
  'losses.add_loss',
  1,
  function addLoss(loss: Tensor, { lossCollection }: CollectionOption = {}): void {
    collect(loss, lossCollection);
  },
);
/**
 * The losses of the collection.
 *
 *     tf.losses.meanSquaredError([1], [2]);
 *     tf.losses.getLosses().length   // 1
 *
 * @param scope           the beginning of their names
 * @param lossCollection  the collection; `tf.GraphKeys.LOSSES` where not given
 * @returns  tensors, in the order in which they were made
 */
export const getLosses = boundOptions(
  'losses.get_losses',
  0,
  function getLosses({ scope, lossCollection }: ScopeOption & CollectionOption = {}): ScalarTensor[] {
    return getDefaultGraph().getCollection<Tensor>(lossCollection ?? GraphKeys.LOSSES, scope ?? undefined);
  },
);
/**
 * The penalties that layers and variables have added.
 *
 *     tf.layers.dense(tf.ones([1, 2]), 3, { kernelRegularizer: (w) => tf.nn.l2Loss(w) });
 *     tf.losses.getRegularizationLosses().length   // 1
 *
 * @param scope  the beginning of their names
 * @returns  tensors, in the order in which they were made
 */
export const getRegularizationLosses = boundOptions(
  'losses.get_regularization_losses',
  0,
  function getRegularizationLosses({ scope }: ScopeOption = {}): ScalarTensor[] {
    return getDefaultGraph().getCollection<Tensor>(GraphKeys.REGULARIZATION_LOSSES, scope ?? undefined);
  },
);
/**
 * The sum of the penalties, 0 where there are none.
 *
 *     tf.losses.getRegularizationLoss()   // 0
 *
 * @param scope  the beginning of their names
 * @returns  a scalar
 */
export const getRegularizationLoss = boundOptions(
  'losses.get_regularization_loss',
  0,
  function getRegularizationLoss({
    scope,
    name = 'total_regularization_loss',
  }: ScopeOption & NameOption = {}): ScalarTensor {
    const losses = getRegularizationLosses({ scope });
    return losses.length ? addN(losses, { name }) : scalar(0, float32);
  },
);
/** What `getTotalLoss` takes by name. */
export interface TotalOptions extends ScopeOption, NameOption {
  /** Whether penalties count: so where not given. */
  readonly addRegularizationLosses?: boolean;
}
/**
 * The sum of all losses, with the penalties: what an optimizer is given.
 *
 *     tf.losses.meanSquaredError([1], [2]);
 *     tf.losses.absoluteDifference([1], [3]);
 *     sess.run(tf.losses.getTotalLoss())   // 3
 *
 * @param addRegularizationLosses  whether penalties count; true where not given
 * @param scope                    the beginning of their names
 * @returns  a scalar
 * @throws ValueError  if there are no losses
 */
export const getTotalLoss = boundOptions(
  'losses.get_total_loss',
  0,
  function getTotalLoss(options: TotalOptions = {}): ScalarTensor {
    const { addRegularizationLosses = true, name = 'total_loss', scope } = options;
    const penalties = addRegularizationLosses ? getRegularizationLosses({ scope }) : [];
    return addN([...getLosses({ scope }), ...penalties], { name });
  },
);
