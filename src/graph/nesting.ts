/** How deep functions, branches and loops may lie in one another: more is an error, before the stack is at its end. */
import { InvalidArgumentError, RuntimeError } from '../base/errors';
import type { Graph, Operation } from './operation';

/** Functions that are called in functions. */
const MOST_CALLED = 256;
/**
 * Functions, branches and loops that are built, or differentiated, in one another, which takes more of the stack for
 * each. A program of Python comes to some 100 of them before that ends it.
 */
export const MOST_BUILT = 128;
/** Of long chains so many names at either end are shown. */
const ENDS = 3;

/** A chain of functions as errors show it. */
function shown(chain: readonly string[]): string {
  const names = chain.length > 2 * ENDS + 1 ? [...chain.slice(0, ENDS), '…', ...chain.slice(-ENDS)] : chain;
  return names.join(' -> ');
}
/**
 * @param caller  the node that calls the last function of the chain
 * @param chain   names of functions, each of which calls the next one
 * @param where   ends the first line: TensorFlow's way to say which node it is
 * @throws InvalidArgumentError  where the last one is called from within itself, or is too far inside
 */
export function checkNesting(caller: Operation, chain: readonly string[], most = MOST_CALLED, where = ''): void {
  const last = chain[chain.length - 1];
  const before = chain.indexOf(last);
  if (before < chain.length - 1) {
    const ring = chain.slice(before);
    throw new InvalidArgumentError(
      caller,
      `Function ${last} calls itself${ring.length > 2 ? ` (${shown(ring)})` : ''}: recursion is not supported${where}` +
        '\n  fix: a loop does something again and again: tf.whileLoop, or a While node that calls the function.',
    );
  }
  if (chain.length <= most) return;
  throw new InvalidArgumentError(
    caller,
    `Functions are called from within functions more than ${most} times: ${shown(chain)}${where}` +
      '\n  fix: call them one after the other, or one in a loop (tf.whileLoop), and not each in the one before.',
  );
}

/**
 * How deep a function, branch or loop lies that is built where a graph is open.
 *
 * @throws RuntimeError  for one that is built too far inside of others
 */
export function depthWithin({ flow, capturing }: Graph): number {
  const depth = (flow.context?.depth ?? capturing?.depth ?? 0) + 1;
  if (depth <= MOST_BUILT) return depth;
  throw new RuntimeError(
    `maximum recursion depth exceeded: functions, branches and loops are nested more than ${MOST_BUILT} times.` +
      '\n  likely cause: what builds one builds another one in it without end. A tensor cannot end that, since both ' +
      'branches of tf.cond are built: a number of the program can.',
  );
}
