/**
 * The rows of the surface test, run with a `tf` whose functions, classes and methods tell of each call and may be given
 * other arguments.
 */
import os from 'node:os';
import * as tf from '../../src';
import { isClass } from '../../src/base/border';
import { isRevoked } from '../../src/base/preview';
import type { Row } from '../surface-rows';
import { isSpace } from './spaces';

// So that what asks for some GB is refused at once, as on a small machine.
os.totalmem = () => 2 ** 32;

export type Callable = (...args: unknown[]) => unknown;
/** Sees a call that a row makes; gives the arguments that it is made with. */
export type Watch = (name: string, args: unknown[]) => unknown[];
let watch: Watch | null = null;

function watched(name: string, args: unknown[], call: (args: unknown[]) => unknown): unknown {
  const each = watch;
  if (!each) return call(args);
  // What a function calls in its turn is no row's business; a body that it is given is.
  watch = null;
  try {
    return call(
      each(name, args).map((arg) =>
        typeof arg === 'function' && !isRevoked(arg) && arg.length === 0 ? during(each, arg) : arg,
      ),
    );
  } finally {
    watch = each;
  }
}
/** A function during whose calls others tell of theirs to `each`. */
function during(each: Watch | null, f: object): unknown {
  if (isClass(f)) return f;
  return new Proxy(f as Callable, {
    apply(target, self, args) {
      const before = watch;
      watch = each;
      try {
        return Reflect.apply(target, self, args) as unknown;
      } finally {
        watch = before;
      }
    },
  });
}
/** What a function that was given back calls in its turn is no row's business either. */
function unwatched(result: unknown): unknown {
  return typeof result === 'function' ? during(null, result) : result;
}
const WRAPPED = new Map<object, object>();
function wrapped(value: unknown, name: string): unknown {
  const isFunction = typeof value === 'function';
  if (!isFunction && !isSpace(value)) return value;
  const known = WRAPPED.get(value);
  if (known) return known;
  const proxy: object = isFunction
    ? new Proxy(value as Callable, {
        apply: (f, self, args: unknown[]) => unwatched(watched(name, args, (now) => Reflect.apply(f, self, now))),
        construct: (f, args: unknown[], newTarget) =>
          watched(`new ${name}`, args, (now) =>
            Reflect.construct(f, now, newTarget === proxy ? f : newTarget),
          ) as object,
        get: (f, key) => {
          const member: unknown = Reflect.get(f, key);
          return key === 'prototype' ? member : wrapped(member, `${name}.${String(key)}`);
        },
      })
    : new Proxy(value as object, {
        get: (space, key) => wrapped(Reflect.get(space, key) as unknown, `${name}.${String(key)}`),
      });
  WRAPPED.set(value as object, proxy);
  return proxy;
}
/** Methods of public classes tell of their calls, too. */
function watchMethods(space: object, seen = new Set<unknown>()): void {
  if (seen.has(space)) return;
  seen.add(space);
  for (const value of Object.values(space)) {
    if (isSpace(value)) watchMethods(value, seen);
    for (let c: unknown = value; typeof c === 'function' && c.prototype && !seen.has(c); c = Object.getPrototypeOf(c)) {
      seen.add(c);
      const prototype = c.prototype as object;
      for (const [key, { value: method, ...rest }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
        if (key === 'constructor' || typeof method !== 'function' || !rest.configurable) continue;
        const name = `${(c as { name: string }).name}.${key}`;
        const call = function (this: unknown, ...args: unknown[]): unknown {
          return watch
            ? watched(name, args, (now) => Reflect.apply(method, this, now) as unknown)
            : Reflect.apply(method, this, args);
        };
        Object.defineProperty(prototype, key, { ...rest, value: call });
      }
    }
  }
}
/** The rows by their names; asked for once. */
export function rowsOf(): Readonly<Record<string, Row>> {
  const index = require.cache[require.resolve('../../src')]!;
  const real: unknown = index.exports;
  watchMethods(real as object);
  index.exports = new Proxy(real as object, {
    get: (space, key) =>
      key === '__esModule' ? true : wrapped(Reflect.get(space, key) as unknown, `tf.${String(key)}`),
  });
  try {
    return (require('../surface-rows') as { ROWS: Readonly<Record<string, Row>> }).ROWS;
  } finally {
    index.exports = real;
  }
}
/** Runs a row, and what it gives where that is symbolic. */
export function runRow(
  [call]: Row,
  each: Watch,
  sess = new tf.Session('', { config: { device: 'portable', advice: false } }),
): void {
  watch = each;
  try {
    let value = call(sess);
    watch = null;
    // A row may give back what it was given, and nobody may ask a revoked proxy what it is.
    const symbolic = (v: unknown): boolean => !isRevoked(v) && (v instanceof tf.Tensor || v instanceof tf.Operation);
    if (symbolic(value) || (Array.isArray(value) && value.length > 0 && value.every(symbolic))) {
      if (tf.globalVariables().length) sess.run(tf.globalVariablesInitializer());
      value = sess.run(value as tf.Tensor);
    }
  } finally {
    watch = null;
    sess.close();
  }
}
