/** Names of layers, and of the scopes of their nodes. */
import type { Graph } from '../graph/graph';
import { Key } from '../graph/own';
import type { VariableScope } from '../variables/variable-scope';

const NAMES = new Key<Map<string, number>>('names of layers');
/** `Conv2DTranspose` as `conv2d_transpose`. */
export function snakeCase(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
/** The next free name: they are counted in each graph. */
export function numbered(graph: Graph, base: string): string {
  const counts = graph.own(NAMES, () => new Map());
  const count = (counts.get(base) ?? 0) + 1;
  counts.set(base, count);
  return `${base}_${count}`;
}
/** The name scope of a layer's nodes: as it was opened, not below the one that is open. */
export function nameOf(scope: VariableScope): string {
  const name = scope.originalNameScope;
  return name === '' || name.endsWith('/') ? name : `${name}/`;
}
