/** What layers of `tf.contrib` have in common: the variable scope that each opens. */
import { graphOf } from '../graph/apply';
import type { Tensor } from '../graph/graph';
import { variableScope } from '../variables/scope';
import type { CustomGetter, Reuse, VariableScope } from '../variables/variable-scope';

/** A name of a scope, or a scope. */
export type Scope = string | VariableScope;
/** Runs a body in the variable scope of a layer. */
export function inLayer<R>(
  scope: Scope | undefined,
  fallback: string,
  inputs: readonly unknown[],
  options: { readonly reuse?: Reuse | null; readonly customGetter?: CustomGetter },
  body: (scope: VariableScope) => R,
): R {
  return variableScope({ nameOrScope: scope ?? null, defaultName: fallback, values: inputs, ...options }, body);
}
/** The nodes of a layer without variables, where its scope's are. */
export function inNames<R>(scope: VariableScope, x: Tensor, body: () => R): R {
  // As the layer itself does, it opens its scope once more, which takes a name.
  variableScope(scope, (again) => again);
  const name = scope.originalNameScope;
  return graphOf([x]).nameScope(name.endsWith('/') || !name ? name : `${name}/`, body);
}
