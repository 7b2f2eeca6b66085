/** Decoders that are fed what they gave: always, never, or as a tensor says in each run. */
import { condList } from '../../flow/cond';
import { packLike, tensorLeaves } from '../../flow/leaves';
import type { DType } from '../../base/dtype';
import { type NotText, convertToTensor } from '../../graph/constant';
import type { Tensor } from '../../graph/graph';
import { embeddingLookup } from '../../nn/embedding';
import { argmax } from '../../ops/arg';
import { xwPlusB } from '../../ops/bias';
import { stopGradient } from '../../ops/identity';
import { getVariableScope, variableScope } from '../../variables/scope';
import type { Variable } from '../../variables/variable';
import type { LoopFunction } from './decoders';

/** Weights and bias that make symbols of outputs. */
export type Projection = readonly [weights: NotText, biases: NotText];
/** Whether a decoder is fed what it gave: a boolean, or a scalar of booleans. */
export type FeedPrevious = boolean | Tensor;
export type Decoded = [outputs: unknown[], state: unknown];

/** The vector of the likeliest symbol of the output before. */
export function likeliest(table: Variable, projection: Projection | undefined, updates: boolean): LoopFunction {
  return (prev) => {
    const logits = projection ? xwPlusB(prev, projection[0], projection[1]) : prev;
    const vectors = embeddingLookup(table, argmax(logits, 1));
    return updates ? vectors : stopGradient(vectors);
  };
}
/** @throws ValueError  for a projection that does not give so many symbols */
export function checkProjection([weights, biases]: Projection, symbols: number, dtype: DType | null): void {
  const fits = (x: NotText, shape: (number | null)[]): void =>
    convertToTensor(x, dtype).shape.assertIsCompatibleWith(shape);
  fits(weights, [null, symbols]);
  fits(biases, [symbols]);
}
/**
 * A decoder, which is built once where it is known whether it is fed what it gave, and for both cases where a run says.
 *
 * @param like  what the last state is like
 */
export function fedAs(
  feedPrevious: FeedPrevious,
  count: number,
  like: () => unknown,
  decoder: (feeds: boolean, isKnown: boolean) => Decoded,
): Decoded {
  if (typeof feedPrevious === 'boolean') return decoder(feedPrevious, true);
  const branch = (feeds: boolean) => (): unknown[] =>
    variableScope(getVariableScope(), { reuse: feeds ? null : true }, () => {
      const [outputs, state] = decoder(feeds, false);
      return [...outputs, ...tensorLeaves(state)];
    });
  const all = condList(feedPrevious, branch(true), branch(false));
  return [all.slice(0, count), packLike(like(), all.slice(count))];
}
