/** Random calls of public functions, classes and methods: several arguments that are anything, in lists and by name. */
import * as tf from '../../src';
import { isClass } from '../../src/base/border';
import { boundAs } from '../../src/calls/bind';
import { Signature, keyOf } from '../../src/calls/signature';
import { ANYTHING, THROWN } from './anything';
import { isForeign } from './foreign';
import { INSTANCES, methodsOf } from './public-instances';
import { Choices } from './random';
import { isSpace } from './spaces';

type Callable = (...args: unknown[]) => unknown;
interface Target {
  readonly name: string;
  /** Names of its arguments. */
  readonly keys: readonly string[];
  /** Calls it, in the default graph. */
  readonly call: (args: unknown[]) => unknown;
}
/** Names under which functions write files, start processes, or ask for time; and what would end the open graph. */
const LEFT_OUT =
  /^tf\.(examples|app|test\.(runBenchmark|main)|resetDefaultGraph|logging|train\.(Saver|checkpointsIterator))\b/;
const COMMON = 'name dtype shape axis seed keepdims initializer trainable collections graph'.split(' ');

function keysOf(f: object, name: string): readonly string[] {
  const key = boundAs(f) ?? keyOf(name);
  return key === null ? COMMON : new Signature(key, 'function').args.map((arg) => arg.name);
}
let found: readonly Target[] | null = null;
/** All that can be called by the name of something public. */
export function targets(): readonly Target[] {
  if (found) return found;
  const list: Target[] = [];
  const seen = new Set<unknown>();
  const visit = (space: object, prefix: string): void => {
    for (const [key, value] of Object.entries(space) as [string, unknown][]) {
      const name = `${prefix}.${key}`;
      if (seen.has(value) || LEFT_OUT.test(name)) continue;
      if (typeof value === 'function') {
        seen.add(value);
        const call = (args: unknown[]): unknown =>
          isClass(value) ? (Reflect.construct(value, args) as unknown) : (value as Callable)(...args);
        list.push({ name: isClass(value) ? `new ${name}` : name, keys: keysOf(value, name), call });
        if (isClass(value)) visit(value, name);
      } else if (isSpace(value)) {
        seen.add(value);
        visit(value, name);
      }
    }
  };
  visit(tf, 'tf');
  for (const [type, make] of Object.entries(INSTANCES))
    new tf.Graph().asDefault(() => {
      const instance = make() as Record<string, Callable>;
      for (const name of methodsOf(instance))
        list.push({
          name: `${type}.${name}`,
          keys: keysOf(instance[name], `tf.${type}.${name}`),
          call: (args) => callMethod(make, name, args),
        });
      if (instance instanceof tf.Session) instance.close();
    });
  return (found = list);
}
function callMethod(make: () => object, name: string, args: unknown[]): unknown {
  const self = make() as Record<string, Callable>;
  try {
    return self[name](...args);
  } finally {
    if (self instanceof tf.Session) self.close();
  }
}

type Written = readonly [text: string, value: unknown];
/** What many functions take. */
const USUAL: readonly (readonly [string, () => unknown])[] = [
  ['0', () => 0],
  ['1', () => 1],
  ['[0]', () => [0]],
  ['[2, 3]', () => [2, 3]],
  ["'x'", () => 'x'],
  ['tf.float32', () => tf.float32],
  ['a vector', () => tf.constant([1, 2])],
  [
    'a cube',
    () =>
      tf.constant([
        [
          [1, 2],
          [3, 4],
        ],
      ]),
  ],
  ['a picture', () => tf.constant([[[[1], [2]]]])],
  ['a variable', () => new tf.Variable([1, 2])],
  ['[a vector, a vector]', () => [tf.constant([1, 2]), tf.constant([3, 4])]],
  ['() => a scalar', () => () => tf.constant(1)],
];
function argument(m: Choices, keys: readonly string[], depth = 0): Written {
  const form = m.next();
  if (depth < 2 && form < 0.12) {
    const parts = Array.from({ length: m.int(1, 3) }, () => argument(m, keys, depth + 1));
    return [`[${parts.map(([text]) => text).join(', ')}]`, parts.map(([, value]) => value)];
  }
  if (depth < 2 && form < 0.27 && keys.length) {
    const parts = Array.from({ length: m.int(1, 2) }, () => [m.of(keys), argument(m, keys, depth + 1)] as const);
    const text = parts.map(([key, [value]]) => `${key}: ${value}`).join(', ');
    return [`{ ${text} }`, Object.fromEntries(parts.map(([key, [, value]]) => [key, value]))];
  }
  const [text, make] = m.of(form < 0.55 ? USUAL : ANYTHING);
  return [text, make()];
}

/** What is wrong with what the call of a seed did; null where nothing is. It may kill the process, or never end. */
export function faultOfPublicCall(seed: number, device: string): string | null {
  const { title, run } = publicCall(seed);
  try {
    run(device);
    return null;
  } catch (error) {
    if (error instanceof Error && error.message === THROWN) return null;
    if (!isForeign(error)) return null;
    return `${title}\n  ${((error as Error).stack ?? String(error)).split('\n').slice(0, 6).join('\n  ')}`;
  }
}
export function publicCall(seed: number): { readonly title: string; run(device: string): void } {
  const m = new Choices(seed);
  const target = m.of(targets());
  const graph = new tf.Graph();
  const args = graph.asDefault(() => Array.from({ length: m.int(0, 4) }, () => argument(m, target.keys)));
  const run = (device: string): void =>
    graph.asDefault(() => {
      const value = target.call(args.map(([, each]) => each));
      if (value instanceof Promise) value.catch(() => {});
      if (value instanceof tf.Session) value.close();
      if (!(value instanceof tf.Tensor || value instanceof tf.Operation) || value.graph !== graph) return;
      const sess = new tf.Session('', { graph, config: { device, advice: false } });
      try {
        sess.run(value);
      } finally {
        sess.close();
      }
    });
  return { title: `${target.name}(${args.map(([text]) => text).join(', ')})`, run };
}
