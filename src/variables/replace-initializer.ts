/** Another beginning for a variable that is there. */
import type { Operation, Tensor } from '../graph/graph';
import type { Variable } from './variable';

/** Lets another node set the initial value from now on. */
export function replaceInitializer(variable: Variable, initializer: Operation, initialValue: Tensor): void {
  const nodes = variable['nodes'];
  nodes.initializer = initializer;
  nodes.initialValue = initialValue;
}
