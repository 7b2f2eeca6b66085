/** `argScope`: settings that calls of some functions take inside a block, where they do not give them themselves. */
import { isCallable, isList } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { textOf } from '../base/preview';
import { type Bound, type Key, bound, isPlain, signature } from '../calls/bind';
import type { LikeFirstArray } from '../ops/known-calls';

/** Settings by function. */
export type ArgScope = ReadonlyMap<object, Readonly<Record<string, unknown>>>;
type Scoped = (...args: never[]) => unknown;

const NONE: ArgScope = new Map();
const OPEN: ArgScope[] = [];
/** Functions that take settings of scopes; those that stand for one and the same have one key. */
const KEYS = new WeakMap<object, object>();
const current = (): ArgScope => OPEN[OPEN.length - 1] ?? NONE;

/** What a call takes, with the settings of the open scope: before what it names itself, behind what stands by place. */
function withScope(key: object, given: readonly unknown[]): readonly unknown[] {
  const settings = OPEN.length ? current().get(key) : undefined;
  if (!settings) return given;
  const last = given[given.length - 1];
  return given.length && isPlain(last)
    ? [...given.slice(0, -1), { ...settings, ...last }]
    : [...given, { ...settings }];
}
/** A function of this library that takes its arguments as Python's of that name does, and settings of scopes. */
export function argScoped<K extends Key, P extends readonly unknown[], R>(
  key: K,
  body: (...args: P) => R,
): Bound<K, P, R> {
  const call = bound(key, body, (given, self) => withScope(self, given));
  if (isCallable(call)) KEYS.set(call, call);
  return call;
}
/** The same of a layer whose result has as many dimensions as what it is applied to, one at least. */
export function argScopedLike<K extends Key, P extends readonly unknown[], R>(
  key: K,
  body: (...args: P) => R,
): LikeFirstArray<K, P> & Bound<K, P, R> {
  return argScoped<K, P, R>(key, body) as unknown as LikeFirstArray<K, P> & Bound<K, P, R>;
}

/**
 * Lets a function of one's own take settings of `argScope`: as an object behind its other arguments, where the call
 * gives none, and put together with it where it does.
 *
 *     const scale = tf.contrib.framework.addArgScope((x, { by = 1 } = {}) => x * by);
 *     tf.contrib.framework.argScope([scale], { by: 3 }, () => [scale(2), scale(2, { by: 5 })])   // [6, 10]
 *
 * @param func  takes an object of settings last
 * @returns  a function
 * @throws TypeError  for what is no function
 */
export function addArgScope<F extends Scoped>(func: F): F {
  if (!isCallable(func)) throw new TypeError_(`add_arg_scope takes a function, not ${textOf(func)}.`);
  const call = new Proxy(func, {
    apply: (inner, self, given): unknown => Reflect.apply(inner, self, withScope(call, given)),
  });
  KEYS.set(call, call);
  return call;
}
/**
 * Whether a function takes settings of `argScope`.
 *
 *     tf.contrib.framework.hasArgScope(tf.contrib.layers.conv2d)   // true
 *
 * @param func  a function
 * @returns  true or false
 */
export const hasArgScope = bound('contrib.framework.has_arg_scope', (func: object): boolean => KEYS.has(func));

const ARG_SCOPE = signature<[listOpsOrScope: readonly Scoped[] | ArgScope]>('contrib.framework.arg_scope');
/** The settings of another scope again. */
export function argScope<R>(scope: ArgScope, body: (scope: ArgScope) => R | []): R;
/**
 * Settings that calls of some functions take inside `body`, where they do not give them themselves.
 *
 *     const { argScope, layers } = { ...tf.contrib.framework, ...tf.contrib };
 *     const x = tf.zeros([1, 4, 4, 1]);
 *     const y = argScope([layers.conv2d], { activationFn: null, padding: 'VALID' }, () => layers.conv2d(x, 2, 3));
 *     y.shape   // (1, 2, 2, 2)
 *
 * @param listOpsOrScope  functions, such as those of `tf.contrib.layers`; or what another `argScope` gave its body
 * @param settings        arguments by name
 * @param body            is called with the scope
 * @returns  what `body` returns
 * @throws ValueError  for a function that takes no settings
 * @throws TypeError   for what is neither a list nor a scope
 */
export function argScope<R>(
  listOpsOrScope: readonly Scoped[],
  settings: Readonly<Record<string, unknown>>,
  body: (scope: ArgScope) => R | [],
): R;
export function argScope<R>(...given: readonly unknown[]): R {
  const named = given.length > 2 && isPlain(given[1]) ? given[1] : {};
  const rest = given.length > 2 && isPlain(given[1]) ? [given[0], ...given.slice(2)] : given;
  const [body, [list]] = ARG_SCOPE.takeWithBody<(scope: ArgScope) => R>(rest);
  const scope = list instanceof Map ? reused(list, named) : widened(list, named);
  OPEN.push(scope);
  try {
    return body(scope);
  } finally {
    OPEN.pop();
  }
}
function reused(scope: ArgScope, named: object): ArgScope {
  if (Object.keys(named).length)
    throw new ValueError('When attempting to re-use a scope by suppling adictionary, kwargs must be empty.');
  return new Map(scope);
}
function widened(list: unknown, named: Readonly<Record<string, unknown>>): ArgScope {
  if (!isList(list)) throw new TypeError_('list_ops_or_scope must either be a list/tuple or reused scope (i.e. dict)');
  const scope = new Map(current());
  for (const op of list) {
    const key = (typeof op === 'function' && KEYS.get(op)) || null;
    if (!key)
      throw new ValueError(
        `${typeof op === 'function' ? op.name || 'The function' : textOf(op)} is not decorated with @add_arg_scope` +
          '\n  fix: functions of tf.contrib.layers are; others by tf.contrib.framework.addArgScope.',
      );
    scope.set(key, { ...scope.get(key), ...named });
  }
  return scope;
}
