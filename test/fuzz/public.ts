/**
 * Every public name, called as its row of the surface test calls it but for one argument, which is anything. The rows
 * are run with a `tf` whose functions, classes and methods tell of each call and may be given other arguments.
 */
import * as tf from '../../src';
import { isPlain } from '../../src/calls/bind';
import { SIGNATURES } from '../../src/calls/generated/signatures';
import { OWN } from '../../src/calls/own';
import { Signature, camelCase } from '../../src/calls/signature';
import type { Key } from '../../src/calls/types';
import { ANYTHING, THROWN } from './anything';
import { isForeign, isFromSource } from './foreign';
import { INSIDE, INSTANCES, methodsOf } from './public-instances';
import type { Row } from '../surface-rows';
import { type Callable, type Watch, rowsOf, runRow } from './watched';

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
export const LEFT_OUT =
  /^tf\.(examples|app|test|summary|train\.(checkpointsIt|Supervisor|\w+(Hook|Session|Loop|Thread)))/;

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
export function namesAfter(name: string, args: readonly unknown[]): string[] {
  const isNew = name.startsWith('new ');
  const key = SIGNED.get(isNew ? name.slice(4) : name.startsWith('tf.') ? name : `tf.${name}`);
  if (key === undefined) return [];
  const count = args.length - (isPlain(args[args.length - 1]) ? 1 : 0);
  return new Signature(key as Key, isNew ? 'class' : 'function').args.slice(count).map((arg) => arg.name);
}
/** The arguments of a call, but for one. */
export function given(args: readonly unknown[], at: number | string, value: unknown): unknown[] {
  if (typeof at === 'number') return Object.assign([...args], { [at]: value });
  const last = args[args.length - 1];
  return isPlain(last) ? [...args.slice(0, -1), { ...last, [at]: value }] : [...args, { [at]: value }];
}

/** What a layer or a saver calls in its turn is no row's business. */
export function isOfRow(row: Row, name: string): boolean {
  return String(row[0]).includes(name.split('.').pop()!) && !INSIDE.test(name.split('.')[1]);
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
        const isRows = isOfRow(this.rows[row], name);
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
    runRow(this.rows[row], each);
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
