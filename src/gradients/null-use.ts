/**
 * What is said of a program that ends because it computed with a gradient that is null: JavaScript's own words for that
 * (`Cannot read properties of null (reading 'mul')`) say nothing of gradients.
 */
import { Latest } from '../base/latest';
import { orNone } from '../base/none';
import { explainUncaught } from '../base/platform';
import { type TensorLike, asTensor, isSymbolic } from '../graph/constant';
import { Tensor } from '../graph/graph';
import { isBehind, whyNoGradient } from './why';

/** The latest gradient that was null; held weakly, since most programs mean it. */
const Y = new Latest<Tensor>();
const X = new Latest<Tensor>();

let listens = false;

/** Remembers that the gradient of `y` by `x` is null. */
export function noteNull(y: TensorLike, x: Tensor): void {
  if (!isSymbolic(y)) return;
  // From a variable nothing leads back; whoever asks means what is computed from it.
  const source = asTensor(y);
  if (!source.op.inputs.some((t) => t.op.inputs.length) && isBehind(source, x)) {
    X.value = null;
    orNone(null, Tensor.prototype, swapped(source, x));
    return;
  }
  if (!listens) explainUncaught(explainNull);
  listens = true;
  Y.value = source;
  X.value = x;
}

function swapped(y: Tensor, x: Tensor): string {
  const line = x.op.trace.line ? ` (made at ${x.op.trace.line})` : '';
  const name = y.op.name.replace(/\/read$/, '');
  return (
    `tf.gradients(${name}, ${x.op.name}) asks the wrong way round: '${x.name}'${line} is computed from ` +
    `'${name}'.\n  fix: first what is differentiated, then by what: tf.gradients(loss, [w]).`
  );
}
const OF_NULL = /^Cannot read properties of null \(reading '(\w+)'\)/;
/** The likely cause of an error that is about a property of null which tensors have. */
export function explainNull(message: string): string | null {
  const property = OF_NULL.exec(message)?.[1];
  const [y, x] = [Y.value, X.value];
  if (property === undefined || !y || !x || !(property in Tensor.prototype || property in MAYBE_ROWS)) return null;
  return (
    `  likely cause: a gradient that is null, as tf.gradients gave one for '${x.name}': ${whyNoGradient(y, x)}.` +
    "\n  fix: leave such an x out, skip what is null, or ask for zeros: {unconnectedGradients: 'zero'}."
  );
}
/** What rows have beside a tensor's properties. */
const MAYBE_ROWS = { values: 1, indices: 1, denseShape: 1 };
