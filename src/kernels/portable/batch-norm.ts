/**
 * Batch normalization of pictures and its gradient on wasm: sums by channel, and one pass that writes. Sums are of
 * deviations from the mean, so that no digits are lost to it.
 */
import { type Code, f32, v128 } from '../../base/assembler';
import { sizeOf } from '../../base/shape';
import { attr } from '../kernel';
import { folded } from './fold';
import { type Fold, PLAIN } from './fold-kernels';
import type { Formula, Terms } from './formula';
import { type Lower, applied } from './lower';
import type { Draft, Spot } from './program';
import { dividedBy } from './reduce';
import type { RecipeRow, Recipes } from './recipe';

const { add, div, mul, splat, sqrt, sub } = v128;
const ONE = splat(f32.of(1));

/** Σ (x - mean)². */
const SPREAD: Fold = {
  ...{ takes: 1, vectors: 1, gives: 1 },
  terms([x], [mean], keep) {
    const d = keep(sub(x, mean));
    return [mul(d, d)];
  },
};
/** Σ dy, and Σ dy (x - mean). */
const GRADIENTS: Fold = {
  ...{ takes: 2, vectors: 1, gives: 2 },
  terms: ([dy, x], [mean]) => [dy, mul(dy, sub(x, mean))],
};
function formula(takes: number, make: (vectors: readonly Code[], keep: Terms['keep']) => Code): Formula {
  return { takes, numbers: 0, gives: 1, results: ({ vectors, keep }) => [make(vectors, keep)] };
}
const FACTOR = formula(3, ([scale, variance, epsilon]) => div(scale, sqrt(add(variance, epsilon))));
const ROOT = formula(2, ([variance, epsilon]) => div(ONE, sqrt(add(variance, epsilon))));
const PRODUCT = formula(2, ([a, b]) => mul(a, b));
const UNBIASED = formula(3, ([variance, n, rest]) => div(mul(variance, n), rest));
const NORMAL = formula(4, ([x, mean, factor, offset]) => add(mul(sub(x, mean), factor), offset));
/** Of Σ dy (x - mean) / n and 1 / σ: by what x - mean is multiplied. */
const SLOPE = formula(2, ([product, root]) => mul(mul(root, root), product));
const GRADIENT = formula(6, ([dy, x, mean, factor, sum, slope]) =>
  mul(factor, sub(dy, add(sum, mul(sub(x, mean), slope)))),
);

type Spots = readonly Spot[];
/** Null where a part is. */
function all(spots: readonly (Spot | null | undefined)[]): Spots | null {
  return spots.every((spot): spot is Spot => spot !== null && spot !== undefined) ? spots : null;
}
function byChannel(fold: Fold, matrices: Spots, vectors: Spots, draft: Draft): Spots | null {
  const columns = matrices[0].shape[3];
  const rows = sizeOf(matrices[0].shape) / columns;
  const sums = folded(fold, matrices, vectors, { groups: 1, rows, columns }, draft);
  return sums && sums.map((sum) => ({ ...sum, shape: [columns] }));
}
const number = (draft: Draft, x: number): Spot => draft.constant([], Float32Array.of(x));
const zero = (draft: Draft): Spot => number(draft, 0);

/** Mean and variance by channel, and the variance that divides by n - 1, which users are given. */
function moments(x: Spot, draft: Draft): Spots | null {
  const n = sizeOf(x.shape.slice(0, 3));
  const sum = byChannel(PLAIN, [x], [], draft)?.[0];
  const mean = sum && dividedBy(sum, n, draft);
  const squares = mean && byChannel(SPREAD, [x], [mean], draft)?.[0];
  const variance = squares && dividedBy(squares, n, draft);
  const given = variance && applied(UNBIASED, [variance, number(draft, n), number(draft, Math.max(n - 1, 1))], draft);
  return all([mean, variance, given]);
}
const forward: Lower = ([x, scale, offset, ...estimated], { node, draft }) => {
  const training = attr(node, 'is_training', 'bool');
  const [mean, variance, given] = (training ? moments(x, draft) : [...estimated.slice(0, 2), estimated[1]]) ?? [];
  if (!mean) return null;
  const factor = applied(FACTOR, [scale, variance, number(draft, attr(node, 'epsilon', 'float'))], draft);
  const y = factor && applied(NORMAL, [x, mean, factor, offset], draft);
  const outputs = all([y, mean, given, mean, variance]);
  return outputs && (node.outputTypes.length === 6 ? [...outputs, zero(draft)] : outputs);
};
const backward: Lower = ([dy, x, scale, mean, variance], { node, draft }) => {
  const n = sizeOf(x.shape.slice(0, 3));
  const [sum, product] = byChannel(GRADIENTS, [dy, x], [mean], draft) ?? [];
  const root = applied(ROOT, [variance, number(draft, attr(node, 'epsilon', 'float'))], draft);
  if (!sum || !root) return null;
  const factor = applied(PRODUCT, [scale, root], draft);
  const [average, share] = [dividedBy(sum, n, draft), dividedBy(product, n, draft)];
  const slope = share && applied(SLOPE, [share, root], draft);
  if (!factor || !average || !slope) return null;
  const dx = attr(node, 'is_training', 'bool')
    ? applied(GRADIENT, [dy, x, mean, factor, average, slope], draft)
    : applied(PRODUCT, [dy, factor], draft);
  return all([dx, applied(PRODUCT, [product, root], draft), sum, zero(draft), zero(draft)]);
};

// In training there is nothing in the estimates.
const FORWARD: RecipeRow = { calls: 6, lower: forward, mayBeEmpty: [3, 4] };
const BACKWARD: RecipeRow = { calls: 6, lower: backward };
export const BATCH_NORM_RECIPES: Recipes = {
  FusedBatchNorm: FORWARD,
  FusedBatchNormV2: FORWARD,
  FusedBatchNormV3: FORWARD,
  FusedBatchNormGrad: BACKWARD,
  FusedBatchNormGradV2: BACKWARD,
  FusedBatchNormGradV3: BACKWARD,
};
