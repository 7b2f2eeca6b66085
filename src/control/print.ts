/** `tf.print`: an operation that prints when it runs. */
import { memberOf } from '../base/thrown';
import { checkHoles } from '../base/border';
import { type Walk, step } from '../base/room';
import { isRevoked, textOf } from '../base/preview';
import { string } from '../base/dtype';
import { ValueError } from '../base/errors';
import { noteBound, signature } from '../calls/bind';
import { camelCase } from '../calls/signature';
import { apply, applyOp } from '../graph/apply';
import { asTensor, isSymbolic } from '../graph/constant';
import type { Operation, Tensor } from '../graph/graph';
import type { NameOption } from '../ops/options';

/** What `print` takes by name. */
export interface PrintToOptions extends NameOption {
  /**
   * 'stderr' (where nothing is said), 'stdout', 'log(info)', 'log(warning)', 'log(error)', or `file://` and a path to
   * append to.
   */
  readonly outputStream?: string;
  /** How many elements from both ends of each dimension; -1 for all. */
  readonly summarize?: number;
  /** Between the arguments. */
  readonly sep?: string;
  /** What stands behind it all; a line break where not given. */
  readonly end?: string;
}

const PRINT =
  signature<
    [inputs: readonly unknown[], outputStream?: string, summarize?: number, sep?: string, end?: string, name?: string]
  >('print');
const NAMES: ReadonlySet<string> = new Set(['name', 'outputStream', 'summarize', 'sep', 'end']);

/**
 * An operation that prints tensors and other values, one after the other; it is run like any operation, or waited
 * for.
 *
 *     const loss = tf.constant(0.5);
 *     const say = tf.print('loss:', loss, { outputStream: 'stdout' });
 *     sess.run(say)   // null
 *
 * @param inputs  tensors, text, numbers, lists and objects of them; options may come last
 * @returns  an operation
 * @throws ValueError  for another stream
 */
export function print(...inputs: readonly unknown[]): Operation {
  // Any other object is one to print.
  const isNames = (last: object): boolean =>
    Object.keys(last).length > 0 && Object.keys(last).every((key) => NAMES.has(camelCase(key)));
  const [values, outputStream = 'stderr', summarize = 3, sep = ' ', end = '\n', name] = PRINT.takeRest(inputs, isNames);
  if (!/^(stderr|stdout|log\((info|warning|error)\)|file:\/\/.+)$/.test(textOf(outputStream))) {
    throw new ValueError(
      `Unsupported output stream, logging level, or file.${textOf(outputStream)}. Supported streams are ` +
        'sys.stdout, sys.stderr, tf.logging.info, tf.logging.warning, tf.logging.error. File needs to ' +
        `be in the form of 'file://<filepath>'.`,
    );
  }
  return applyOp(
    'PrintV2',
    [formatted(values, sep, summarize, name ? `${name}_format` : null)],
    { output_stream: outputStream, end },
    name,
  );
}

noteBound(print, 'print');

/** One string: as it is, or of a template with the tensors filled in. */
function formatted(values: readonly unknown[], sep: string, summarize: number, name: string | null): Tensor {
  if (values.length === 1 && isSymbolic(values[0])) {
    const only = asTensor(values[0]);
    if (only.dtype.baseDtype === string && only.shape.rank === 0) return only;
  }
  const literal = values.map((x) => show(x, '', [], true)).join(' ');
  let placeholder = '{}';
  for (let i = 0; literal.includes(placeholder); i++) placeholder = `{${i}}`;
  const tensors: Tensor[] = [];
  const template = values.map((x) => show(x, placeholder, tensors, true)).join(textOf(sep));
  return apply('StringFormat', [tensors], { template, placeholder, summarize }, name);
}
/** A value as Python prints it; tensors become placeholders. */
function show(
  x: unknown,
  placeholder: string,
  tensors: Tensor[],
  bare = false,
  depth = 0,
  walk: Walk = { parts: 0 },
): string {
  step(walk, depth);
  if (isRevoked(x)) return textOf(x);
  checkHoles(x);
  if (isSymbolic(x)) {
    tensors.push(asTensor(x));
    return placeholder;
  }
  if (x === null || x === undefined) return 'None';
  if (typeof x === 'boolean') return x ? 'True' : 'False';
  if (typeof x === 'string') return bare ? x : `'${x}'`;
  if (Array.isArray(x))
    return `[${x.map((each) => show(each, placeholder, tensors, false, depth + 1, walk)).join(', ')}]`;
  if (typeof x === 'object' && Object.getPrototypeOf(x) === Object.prototype)
    return `{${Object.keys(x)
      .sort()
      .map((key) => `'${key}': ${show(memberOf(x, key), placeholder, tensors, false, depth + 1, walk)}`)
      .join(', ')}}`;
  return textOf(x);
}
