/**
 * Every public name, called as its row of the surface test calls it but for one argument, which is anything. The rows
 * are run with a `tf` whose functions, classes and methods tell of each call and may be given other arguments.
 */
import os from 'node:os';
import * as tf from '../../src';
import { isClass } from '../../src/base/border';
import { isPlain } from '../../src/calls/bind';
import { SIGNATURES } from '../../src/calls/generated/signatures';
import { OWN } from '../../src/calls/own';
import { Signature, camelCase } from '../../src/calls/signature';
import type { Key } from '../../src/calls/types';
import { ANYTHING, THROWN } from './anything';
import { isForeign, isFromSource } from './foreign';
import { INSIDE, INSTANCES, methodsOf } from './public-instances';
import { isSpace } from './spaces';
import type { Row } from '../surface-rows';

// So that what asks for some GB is refused at once, as on a small machine.
os.totalmem = () => 2 ** 32;

type Callable = (...args: unknown[]) => unknown;
/** Sees a call that a row makes; gives the arguments that it is made with. */
type Watch = (name: string, args: unknown[]) => unknown[];
let watch: Watch | null = null;

function watched(name: string, args: unknown[], call: (args: unknown[]) => unknown): unknown {
  const each = watch;
  if (!each) return call(args);
  // What a function calls in its turn is no row's business; a body that it is given is.
  watch = null;
  try {
    return call(
      each(name, args).map((arg) => (typeof arg === 'function' && arg.length === 0 ? during(each, arg) : arg)),
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
function rowsOf(): Readonly<Record<string, Row>> {
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

/** An argument of a call that a row makes, or of a method. */
export interface Place {
  /** Name of a row, or of a class in INSTANCES. */
  readonly row: string;
  /** Which of the row's calls, and what it calls. */
  readonly call: number;
  readonly name: string;
  /** Which argument, by its place (the one after the last for one too many) or by its name. */
  readonly at: number | string;
}
/** Rows that write files, start processes, train, or wait. */
const LEFT_OUT = /^tf\.(examples|app|test|summary|train\.(checkpointsIt|Supervisor|\w+(Hook|Session|Loop|Thread)))/;

/** What stands before an argument that is anything. */
const BEFORE = [
  [],
  [() => tf.constant([1, 2])],
  [() => 'x'],
  [() => 'x', () => () => {}],
  [() => tf.constant(1), () => [0]],
];

/** By the name that a program calls it by: what its arguments are named. */
const SIGNED = new Map(
  [...Object.keys(SIGNATURES), ...Object.keys(OWN)].map((key) => [
    `tf.${key.split('.').map(camelCase).join('.')}`,
    key,
  ]),
);
/** Names of the arguments that a call does not give by position. */
function namesAfter(name: string, args: readonly unknown[]): string[] {
  const isNew = name.startsWith('new ');
  const key = SIGNED.get(isNew ? name.slice(4) : name.startsWith('tf.') ? name : `tf.${name}`);
  if (key === undefined) return [];
  const count = args.length - (isPlain(args[args.length - 1]) ? 1 : 0);
  return new Signature(key as Key, isNew ? 'class' : 'function').args.slice(count).map((arg) => arg.name);
}
/** The arguments of a call, but for one. */
function given(args: readonly unknown[], at: number | string, value: unknown): unknown[] {
  if (typeof at === 'number') return Object.assign([...args], { [at]: value });
  const last = args[args.length - 1];
  return isPlain(last) ? [...args.slice(0, -1), { ...last, [at]: value }] : [...args, { [at]: value }];
}

export class Sweep {
  private readonly rows = rowsOf();
  /** Arguments of functions, each once or twice. */
  readonly places: readonly Place[];
  /** Rows that cannot be watched. */
  readonly skipped: string[] = [];
  constructor() {
    const places: Place[] = [];
    const seen = new Map<string, number>();
    for (const row of Object.keys(this.rows)) {
      if (LEFT_OUT.test(row)) continue;
      let call = 0;
      const watch: Watch = (name, args) => {
        const method = name.split('.').pop()!;
        // What a layer or a saver calls in its turn is no row's business.
        const isRows = String(this.rows[row][0]).includes(method) && !INSIDE.test(name.split('.')[1]);
        for (const at of [...Array(args.length + 1).keys(), ...namesAfter(name, args)]) {
          const key = `${name} ${at}`;
          const times = seen.get(key) ?? 0;
          if (isRows && times < 2) {
            seen.set(key, times + 1);
            places.push({ row, call, name, at });
          }
        }
        call++;
        return args;
      };
      try {
        this.run(row, watch);
      } catch (error) {
        // Some functions are asked what they are, and what tells of its calls is another one.
        if (!(error instanceof tf.errors.ValueError)) throw error;
        this.skipped.push(row);
      }
    }
    for (const [row, make] of Object.entries(INSTANCES)) {
      tf.resetDefaultGraph();
      for (const name of methodsOf(make())) for (const at of BEFORE.keys()) places.push({ row, call: -1, name, at });
    }
    this.places = places;
  }
  private run(row: string, each: Watch): void {
    tf.resetDefaultGraph();
    const sess = new tf.Session('', { config: { device: 'portable', advice: false } });
    watch = each;
    try {
      let value = this.rows[row][0](sess);
      watch = null;
      const symbolic = (v: unknown): boolean => v instanceof tf.Tensor || v instanceof tf.Operation;
      if (symbolic(value) || (Array.isArray(value) && value.length > 0 && value.every(symbolic))) {
        if (tf.globalVariables().length) sess.run(tf.globalVariablesInitializer());
        value = sess.run(value as tf.Tensor);
      }
    } finally {
      watch = null;
      sess.close();
    }
  }
  private call(row: string, method: string, args: () => unknown[]): void {
    tf.resetDefaultGraph();
    const self = INSTANCES[row]() as Record<string, Callable>;
    try {
      const value = self[method](...args());
      if (value instanceof Promise) value.catch(() => {});
    } finally {
      if (self instanceof tf.Session) self.close();
    }
  }
  /** What is wrong with a call one of whose arguments is anything; null where nothing is. */
  faultOf({ row, call, name, at }: Place, thing: number): string | null {
    const [text, make] = ANYTHING[thing];
    let seen = 0;
    try {
      if (call < 0) this.call(row, name, () => [...BEFORE[Number(at)].map((before) => before()), make()]);
      else this.run(row, (_, args) => (seen++ === call ? given(args, at, make()) : args));
      return null;
    } catch (error) {
      if (error instanceof Error && error.message === THROWN) return null;
      if (!isForeign(error) || !isFromSource(error)) return null;
      const stack = (error as Error).stack?.split('\n').slice(0, 5).join('\n  ');
      return `${name}, argument ${at} = ${text} (row ${row})\n  ${stack}`;
    }
  }
}
