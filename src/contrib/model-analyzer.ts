/** How large a model is. */
import { checkList, worded } from '../base/border';
import { TypeError_ } from '../base/errors';
import { write } from '../base/platform';
import { isA } from '../base/preview';
import { sizeOf } from '../base/shape';
import { bound } from '../calls/bind';
import type { Graph, Tensor } from '../graph/graph';
import { Variable } from '../variables/variable';

const elementsOf = ({ shape }: Tensor | Variable): number => (shape.fullDims ? sizeOf(shape.fullDims) : 0);
/** `(float32_ref 3x2)` */
function described({ dtype, shape }: Tensor | Variable): string {
  return `(${dtype.name} ${(shape.dims ?? []).map((d) => d ?? '?').join('x')})`;
}
const RULE = '---------';

/**
 * How many elements and bytes variables have.
 *
 *     new tf.Variable([1, 2, 3]);
 *     tf.contrib.slim.modelAnalyzer.analyzeVars(tf.modelVariables().concat(tf.globalVariables()))   // [3, 12]
 *
 * @param variables  variables
 * @param printInfo  prints a line for each
 * @returns  elements, and bytes
 * @throws TypeError  for what is no list of variables
 */
export const analyzeVars = bound(
  'contrib.slim.model_analyzer.analyze_vars',
  (variables: readonly Variable[], printInfo?: boolean): [size: number, bytes: number] => {
    checkList(variables, 'What is counted');
    const lines = [RULE, 'Variables: name (type shape) [size]', RULE];
    let [size, bytes] = [0, 0];
    for (const variable of variables) {
      if (!isA(variable, Variable))
        throw new TypeError_(`Elements are counted of variables, not of ${worded(variable)}.`);
      const own = elementsOf(variable);
      const ownBytes = own * variable.dtype.size;
      size += own;
      bytes += ownBytes;
      lines.push(`${variable.name} ${described(variable)} [${own}, bytes: ${ownBytes}]`);
    }
    lines.push(`Total size of variables: ${size}`, `Total bytes of variables: ${bytes}`);
    if (printInfo) write('stdout', `${lines.join('\n')}\n`);
    return [size, bytes];
  },
);
/**
 * How many elements the results of all operations of a graph have, as far as they are known.
 *
 *     tf.zeros([2, 3]);
 *     tf.contrib.slim.modelAnalyzer.analyzeOps(tf.getDefaultGraph()) >= 6   // true
 *
 * @param graph      a graph
 * @param printInfo  prints a line for each operation
 * @returns  elements
 * @throws TypeError  for what is no graph
 */
export const analyzeOps = bound(
  'contrib.slim.model_analyzer.analyze_ops',
  (graph: Graph, printInfo?: boolean): number => {
    const lines = [RULE, 'Operations: name -> (type shapes) [size]', RULE];
    let total = 0;
    for (const { name, outputs } of graph.getOperations()) {
      const size = outputs.reduce((sum, output) => sum + elementsOf(output), 0);
      lines.push(`${name} \t-> ${outputs.map(described).join(', ')} [${size}]`);
      total += size;
    }
    if (printInfo) write('stdout', `${lines.join('\n')}\n`);
    return total;
  },
);
