/** What JavaScript says when a symbolic tensor or a node is taken for a value: TensorFlow's sentence and what to do. */
import { OperatorNotAllowedInGraphError, TypeError_ } from '../base/errors';

/** What all symbolic things are, in a word. */
export const SYMBOLIC = 'symbolic: run it in a session';

/** A tensor or a node, as these texts name it. */
interface Named {
  readonly name: string;
  toString(): string;
}

function madeAt(line: string | null, join: string): string {
  return line ? `${join}made at ${line}` : '';
}
function symbolic(tensor: Named, line: string | null): string {
  return `\n  ${tensor} is symbolic: it has no value until a session runs it.${madeAt(line, '\n  ')}`;
}
function notAllowed(what: string, tensor: Named, line: string | null, cure: string): OperatorNotAllowedInGraphError {
  return new OperatorNotAllowedInGraphError(
    `${what} is not allowed in Graph execution. Use Eager execution or decorate this function with @tf.function.` +
      `${symbolic(tensor, line)}\n  fix: ${cure}`,
  );
}

/**
 * Whether parseFloat or parseInt asks for the text of a tensor, of which they would make NaN without a word.
 *
 * @param asked  what was asked by its Symbol.toPrimitive, below which the caller stands
 */
export function isParsed(asked: { [Symbol.toPrimitive](hint: string): unknown }): boolean {
  const holder: { stack?: string } = {};
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(holder, asked[Symbol.toPrimitive]);
  Error.stackTraceLimit = limit;
  return /\bparse(Float|Int) \(/.test(holder.stack ?? '');
}
/** For `if (tensor > 0)`, `1 + tensor` and `parseFloat(tensor)`. */
export function notABool(tensor: Named, line: string | null, hint: string): OperatorNotAllowedInGraphError {
  const operators = hint === 'number' ? "'-', '*', '/', '**', '<', '>' or a function of Math" : "'+' or '=='";
  return notAllowed(
    'using a `tf.Tensor` as a Python `bool`',
    tensor,
    line,
    'for arithmetic use its methods (a.add(b), a.less(b)); for a value run it first: sess.run(tensor).' +
      `\n  in TypeScript: ${operators} wants a number at once, and this tensor gets its numbers in a run: ` +
      'z.add(1) is one more node; if (sess.run(loss, feeds) < 0.1) asks for the number.',
  );
}
/** For `for (const row of tensor)` and `[...tensor]`. */
export function notIterable(tensor: Named, line: string | null): OperatorNotAllowedInGraphError {
  return notAllowed(
    'iterating over `tf.Tensor`',
    tensor,
    line,
    'to split it into tensors use tf.unstack(tensor); for its values run it first: sess.run(tensor).',
  );
}
/** For `tensor.length`. */
export function noLength(tensor: Named, line: string | null): TypeError_ {
  return new TypeError_(
    `len is not well defined for symbolic Tensors. (${tensor.name}) ` +
      'Please call `x.shape` rather than `len(x)` for shape information.' +
      symbolic(tensor, line) +
      '\n  fix: tensor.shape.dims is what is known of its shape now; tf.shape(tensor) and tf.size(tensor) are its ' +
      'sizes when the graph runs.',
  );
}
/** For `1 + operation`. */
export function notAnOperand(op: Named, line: string | null): TypeError_ {
  return new TypeError_(
    "unsupported operand type(s): 'Operation'" +
      `\n  ${op} is a node of the graph${madeAt(line, ', ')}: it has outputs, and no value.` +
      '\n  fix: run it (sess.run(op)), or compute with its outputs: op.outputs[0].add(1).',
  );
}
/** A graph in a line, as `console.log` shows it. */
export function showGraph(ops: readonly { readonly name: string }[]): string {
  const last = ops.slice(-3).map(({ name }) => `'${name}'`);
  return `<tf.Graph of ${ops.length} operations${last.length ? `, the last: ${last.join(', ')}` : ''}>`;
}
