/**
 * What is said of a program that ends because it computed with a gradient that is null: JavaScript's own words for that
 * (`Cannot read properties of null (reading 'mul')`) say nothing of gradients.
 */
import { onUncaught } from '../base/platform';
import { type TensorLike, asTensor, isSymbolic } from '../graph/constant';
import { Tensor } from '../graph/graph';
import { whyNoGradient } from './why';

/** The latest gradient that was null; held weakly, since most programs mean it. */
let latest: { readonly y: WeakRef<Tensor>; readonly x: WeakRef<Tensor> } | null = null;

/** Remembers that the gradient of `y` by `x` is null. */
export function noteNull(y: TensorLike, x: Tensor): void {
  if (!isSymbolic(y)) return;
  if (!latest) onUncaught(explainNull);
  latest = { y: new WeakRef(asTensor(y)), x: new WeakRef(x) };
}

const OF_NULL = /^Cannot read properties of null \(reading '(\w+)'\)/;
/** Adds the likely cause to an error that is about a property of null which tensors have. */
export function explainNull(error: unknown): void {
  if (!(error instanceof TypeError) || typeof error.stack !== 'string') return;
  const property = OF_NULL.exec(error.message)?.[1];
  const [y, x] = [latest?.y.deref(), latest?.x.deref()];
  if (property === undefined || !y || !x || !(property in Tensor.prototype || property in MAYBE_ROWS)) return;
  const said =
    `${error.message}\n  likely cause: a gradient that is null, as tf.gradients gave one for '${x.name}': ` +
    `${whyNoGradient(y, x)}.` +
    "\n  fix: leave such an x out, skip what is null, or ask for zeros: {unconnectedGradients: 'zero'}.";
  error.stack = error.stack.replace(error.message, () => said);
  error.message = said;
}
/** What rows have beside a tensor's properties. */
const MAYBE_ROWS = { values: 1, indices: 1, denseShape: 1 };
