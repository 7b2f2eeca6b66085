/** `variableScope`: prefixes and defaults for what `getVariable` makes or shares. */
import type { DTypeLike } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import { bound, noteBound, signature } from '../calls/bind';
import type { ByPlace } from '../calls/types';
import { graphOf } from '../graph/apply';
import { outermost } from '../graph/capturing';
import { tracedFrom } from '../graph/trace';
import { type Graph, getDefaultGraph } from '../graph/graph';
import { Key } from '../graph/own';
import {
  AUTO_REUSE,
  type CustomGetter,
  type Reuse,
  type ScopeDefaults,
  VariableScope,
  type VariableScopeOptions,
} from './variable-scope';

interface Scopes {
  current: VariableScope;
  counts: Map<string, number>;
}
const SCOPES = new Key<Scopes>('variable scopes');
function scopesOf(graph: Graph): Scopes {
  return outermost(graph).own(SCOPES, () => ({ current: new VariableScope(false), counts: new Map() }));
}
/**
 * The open variable scope of the default graph.
 *
 *     tf.variableScope('layer', () => tf.getVariableScope().name)   // 'layer'
 *
 * @returns  the scope that `getVariable` looks in
 */
export const getVariableScope = bound('get_variable_scope', (): VariableScope => scopesOf(getDefaultGraph()).current);

let resourcesByDefault = false;
/**
 * Makes variables behind handles, as in TensorFlow 2, where nothing else is said.
 *
 *     tf.enableResourceVariables();
 *     tf.resourceVariablesEnabled()   // true
 */
export const enableResourceVariables = bound('enable_resource_variables', (): void => {
  resourcesByDefault = true;
});
/**
 * Makes variables that are references, as in TensorFlow 1, where nothing else is said: so it is at the start.
 *
 *     tf.disableResourceVariables();
 *     tf.resourceVariablesEnabled()   // false
 */
export const disableResourceVariables = bound('disable_resource_variables', (): void => {
  resourcesByDefault = false;
});
/**
 * Whether variables are made behind handles where nothing else is said.
 *
 *     tf.resourceVariablesEnabled()   // false
 *
 * @returns  true after `tf.enableResourceVariables()`
 */
export const resourceVariablesEnabled = bound('resource_variables_enabled', (): boolean => resourcesByDefault);
export function usesResources(graph: Graph): boolean {
  if (graph.capturing?.variables === 'handles') return true;
  return scopesOf(graph).current.useResource ?? resourcesByDefault;
}

type Taken = [
  nameOrScope: string | VariableScope | null,
  defaultName?: string,
  values?: readonly unknown[],
  initializer?: ScopeDefaults['initializer'],
  regularizer?: ScopeDefaults['regularizer'],
  cachingDevice?: ScopeDefaults['cachingDevice'],
  partitioner?: ScopeDefaults['partitioner'],
  customGetter?: ScopeDefaults['customGetter'],
  reuse?: Reuse,
  dtype?: DTypeLike,
  useResource?: ScopeDefaults['useResource'],
  constraint?: ScopeDefaults['constraint'],
  auxiliaryNameScope?: boolean,
];
const VARIABLE_SCOPE = signature<Taken>('variable_scope');

/**
 * Runs `body`; the names of variables that `getVariable` makes in it begin with `name/`, and so do those of all
 * nodes.
 *
 *     const name = () => tf.variableScope('layer', { reuse: tf.AUTO_REUSE }, () => tf.getVariable('w', [2]).name);
 *     [name(), name()]   // ['layer/w:0', 'layer/w:0']
 *
 * Options come before the body: with `reuse: true` variables are shared, `tf.AUTO_REUSE` makes those that are not
 * there; the others are defaults for `getVariable`. A name in their place is the default name.
 *
 * @param nameOrScope  a name below the open scope; a VariableScope to enter again; null for the default name
 * @param body         what is run in the scope, which it is given
 * @returns  what `body` returns
 * @throws ValueError  for `reuse` without a name
 */
export function variableScope<R>(nameOrScope: string | VariableScope | null, body: (scope: VariableScope) => R | []): R;
export function variableScope<R>(
  nameOrScope: string | VariableScope | null,
  defaultName: string | null,
  values: readonly unknown[] | null,
  options: VariableScopeOptions | null,
  body: (scope: VariableScope) => R | [],
): R;
export function variableScope<R>(
  nameOrScope: string | VariableScope | null,
  options: VariableScopeOptions | string | null,
  body: (scope: VariableScope) => R | [],
): R;
export function variableScope<R>(
  nameOrScope: string | VariableScope | null,
  defaultName: string | null,
  valuesOrOptions: readonly unknown[] | VariableScopeOptions | null,
  body: (scope: VariableScope) => R | [],
): R;
export function variableScope<R>(...given: [...ByPlace<Taken>, body: (scope: VariableScope) => R | []]): R;
export function variableScope<R>(
  options: VariableScopeOptions & { readonly nameOrScope: string | VariableScope | null },
  body: (scope: VariableScope) => R | [],
): R;
export function variableScope<R>(...given: readonly unknown[]): R {
  const [body, taken] = VARIABLE_SCOPE.takeWithBody<(scope: VariableScope) => R>(given);
  const [nameOrScope, defaultName = null, values = [], initializer, regularizer, cachingDevice, ...others] = taken;
  const [partitioner, customGetter, given_, dtype, useResource, constraint, auxiliaryNameScope = true] = others;
  const options = {
    initializer,
    regularizer,
    cachingDevice,
    partitioner,
    customGetter,
    dtype,
    useResource,
    constraint,
  };
  const reuse = given_ || null;
  if (defaultName === null && nameOrScope === null)
    throw new TypeError_('If default_name is None then name_or_scope is required');
  if (reuse !== null && reuse !== true && reuse !== AUTO_REUSE)
    throw new ValueError('The reuse parameter must be True or False or None.');
  if (nameOrScope !== null && typeof nameOrScope !== 'string' && !(nameOrScope instanceof VariableScope))
    throw noScope();
  if (nameOrScope === null && reuse) throw new ValueError('reuse=True cannot be used without a name_or_scope');
  return graphOf(values).asDefault((graph) => {
    const wanted = nameOrScope ?? defaultName ?? '';
    const scopeName = typeof wanted === 'string' ? wanted : wanted.name.replace(/^.*\//s, '');
    const inNames = <T>(run: (scope: string | null) => T): T => {
      if (!auxiliaryNameScope) return run(graph.scopeName ? `${graph.scopeName}/` : '');
      return scopeName ? graph.nameScope(scopeName, run) : run(null);
    };
    return inNames((opened) =>
      tracedFrom(() => enter(graph, nameOrScope ?? uniqueScope(graph, scopeName), { ...options, reuse }, opened, body)),
    );
  });
}

noteBound(variableScope, 'variable_scope');
/** What is no scope. */
export function noScope(): Error {
  return new TypeError_('VariableScope: name_or_scope must be a string or VariableScope.');
}

/** Makes a scope the open one for the time of `body`. */
function enter<R>(
  graph: Graph,
  nameOrScope: string | VariableScope,
  options: VariableScopeOptions & { readonly reuse: Reuse | null },
  opened: string | null,
  body: (scope: VariableScope) => R,
): R {
  const scopes = scopesOf(graph);
  const outer = scopes.current;
  const isScope = nameOrScope instanceof VariableScope;
  const from = isScope ? nameOrScope : outer;
  const name = isScope ? nameOrScope.name : outer.name ? `${outer.name}/${nameOrScope}` : nameOrScope;
  const inner = new VariableScope(
    isScope ? options.reuse || from.reuse : options.reuse || outer.reuse,
    name,
    options.initializer ?? from.initializer,
    options.regularizer ?? from.regularizer,
    options.cachingDevice ?? from.cachingDevice,
    options.partitioner ?? from.partitioner,
    nestedGetter(options.customGetter, from.customGetter),
    isScope ? nameOrScope.originalNameScope : (opened ?? nameOrScope),
    options.dtype ?? from.dtype,
    options.useResource ?? from.useResource,
    options.constraint,
  );
  scopes.counts.set(name, (scopes.counts.get(name) ?? 0) + 1);
  const counts = isScope ? new Map(scopes.counts) : null;
  scopes.current = inner;
  try {
    return body(inner);
  } finally {
    if (counts) scopes.counts = counts;
    // Names below are free again: entering this scope once more finds the same variables.
    else for (const key of scopes.counts.keys()) if (key.startsWith(`${name}/`)) scopes.counts.set(key, 0);
    scopes.current = outer;
  }
}
/** The inner getter calls the outer one. */
function nestedGetter(
  inner: CustomGetter | null | undefined,
  outer: CustomGetter | null | undefined,
): CustomGetter | null {
  if (!inner || !outer) return inner ?? outer ?? null;
  return (getter, name, options) => inner((n, o) => outer(getter, n, o), name, options);
}
function uniqueScope(graph: Graph, prefix: string): string {
  const { current, counts } = scopesOf(graph);
  const full = current.name ? `${current.name}/${prefix}` : prefix;
  if (!counts.get(full)) return prefix;
  let i = 1;
  while (counts.get(`${full}_${i}`)) i++;
  return `${prefix}_${i}`;
}
