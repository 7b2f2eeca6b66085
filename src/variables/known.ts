/** What the compiler knows of a variable that is asked for by name: what its shape and dtype say. */
import type { DimensionLike } from '../base/dimension';
import type { DTypeLike, ElementOf } from '../base/dtype';
import type { Made } from '../graph/fetched';
import type { ShapeLike } from '../base/shape';
import type { PartitionedVariable } from './partitioned';
import type { Variable } from './variable';
import type { Partitioner } from './variable-scope';
import type { GetVariableOptions } from './variable-scope';
import type { RankOfSizes } from '../ops/known-ranks';
import type { Initializer } from './variable-scope';

export { knowingAll } from '../ops/known-calls';

type Options = Omit<GetVariableOptions, 'shape' | 'dtype'>;
/** In parts. */
type Parts = GetVariableOptions & { readonly partitioner: Partitioner };
/** A variable of elements E and rank R. */
type Of<E, R> = Variable<Made<E, R>>;
export interface GetVariableCall {
  (named: Parts & { readonly name: string }): PartitionedVariable;
  (name: string, options: Parts): PartitionedVariable;
  (name: string, shape: ShapeLike | null, options: Parts): PartitionedVariable;
  (name: string, shape: ShapeLike | null, dtype: DTypeLike | null, options: Parts): PartitionedVariable;
  <const S extends readonly DimensionLike[]>(
    named: Options & { readonly name: string; readonly shape: S; readonly dtype?: null },
  ): Of<number, RankOfSizes<S>>;
  <const S extends readonly DimensionLike[], D extends DTypeLike>(
    named: Options & { readonly name: string; readonly shape: S; readonly dtype: D },
  ): Of<ElementOf<D>, RankOfSizes<S>>;
  <const S extends readonly DimensionLike[]>(
    name: string,
    shape: S,
    options?: null | (Options & { readonly dtype?: null }),
  ): Of<number, RankOfSizes<S>>;
  <const S extends readonly DimensionLike[], D extends DTypeLike>(
    name: string,
    shape: S,
    dtype: D,
    initializer?: Initializer | null | Options,
  ): Of<ElementOf<D>, RankOfSizes<S>>;
  <const S extends readonly DimensionLike[], D extends DTypeLike>(
    name: string,
    shape: S,
    options: Options & { readonly dtype: D },
  ): Of<ElementOf<D>, RankOfSizes<S>>;
  <const S extends readonly DimensionLike[]>(
    name: string,
    options: Options & { readonly shape: S; readonly dtype?: null },
  ): Of<number, RankOfSizes<S>>;
  <const S extends readonly DimensionLike[], D extends DTypeLike>(
    name: string,
    options: Options & { readonly shape: S; readonly dtype: D },
  ): Of<ElementOf<D>, RankOfSizes<S>>;
}

declare module '../graph/collected' {
  interface Collected {
    /** The counter of steps. */
    global_step: Variable;
    /** The variables of this process alone. */
    local_variables: Variable;
    /** The variables of metrics. */
    metric_variables: Variable;
    /** The variables of a model that is to be used for inference. */
    model_variables: Variable;
    /** The variables whose averages are kept. */
    moving_average_variables: Variable;
    /** The variables that optimizers change. */
    trainable_variables: Variable;
    /** The variables that a session shares. */
    variables: Variable;
  }
}
declare module '../graph/runner' {
  interface KeysOfPairs {
    /** A variable of the graph. */
    readonly variable: Variable;
  }
}
