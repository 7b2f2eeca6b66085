/** Another beginning for a variable that is there. */
import type { Operation, Tensor } from '../graph/graph';
import type { Variable } from './variable';

/** Lets another node set the initial value from now on. */
export function replaceInitializer(variable: Variable, initializer: Operation, initialValue: Tensor): void {
  const nodes = variable['nodes'];
  nodes.initializer = initializer;
  nodes.initialValue = initialValue;
}
/** Lets a variable be set to a value where it begins; what it was made with is still its initial value. */
export function beginWith(variable: Variable, value: Tensor): void {
  const nodes = variable['nodes'];
  const updated = nodes.assign(value, {});
  // Python's initializer is what reads the variable after it.
  updated.value();
  nodes.initializer = updated.op;
}
