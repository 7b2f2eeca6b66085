/**
 * Every method of every public class that has a signature on file, walked by the signatures: what it does not take it
 * refuses before it looks at its object, so that an object without anything will do.
 */
import * as tf from '../../src';
import { isClass } from '../../src/base/border';
import type { Key } from '../../src/calls/bind';
import { SIGNATURES } from '../../src/calls/generated/signatures';
import { OWN } from '../../src/calls/own';
import { Signature } from '../../src/calls/signature';
import { surface } from '../surface-rows';
import { METHODS } from './unbound';
import { call } from './words';

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
/** With the reason. */
const APART: readonly (readonly [RegExp, string])[] = [
  [
    /^layers\.(\w+\.build|Layer\.(call|apply))$|^contrib\.(rnn|seq2seq)\.\w+\.(build|call)$/,
    'a layer or a cell of one’s own defines them, and `apply` hands on what it is given',
  ],
  [/^train\.(\w+(Hook|Listener|LooperThread)|LooperThread|SessionCreator)\.\w+$/, 'a hook of one’s own defines them'],
  [/\.to_string$/, 'JavaScript’s own'],
  [/\.(stop_on_exception|managed_session|(cached_|test_)?session)$/, 'take the body of Python’s `with`'],
  [/^profiler\.Profiler\.(profile_\w+|advise)$/, 'take an object, whose names are looked at in test/profiler'],
  [/^test\.TestCase\.run$/, 'has no result of unittest to fill'],
  [/^QueueBase\.enqueue(_many)?$/, 'takes an object of components by their names, which the queue knows'],
  [
    /^train\.SyncReplicasOptimizer\.(compute_gradients|get_slot|get_slot_names|variables)$/,
    'hands on to the other optimizer what it takes',
  ],
  [/^train\.SyncReplicasOptimizer\.get_chief_queue_runner$/, 'takes nothing'],
  [/^DeviceSpec\.replace$/, 'hands on to the constructor, which refuses'],
  [/^train\.Saver\.restore$/, 'says first that a path is None; what it takes is tested in test/train'],
];
const isKey = (key: string): key is Key => key in SIGNATURES || key in OWN;

/** Each method with its key, where it has one; methods that a class inherits are those of the class that has them. */
function* methods(): Generator<readonly [name: string, key: Key, call: (...args: unknown[]) => unknown]> {
  for (const [full, value] of surface(tf)) {
    if (!isClass(value) || full in METHODS) continue;
    for (const method of Object.getOwnPropertyNames(value.prototype)) {
      const key = `${full.slice(3)}.${snake(method)}`;
      const { value: body } = Object.getOwnPropertyDescriptor(value.prototype, method)!;
      if (!isKey(key) || typeof body !== 'function' || APART.some(([each]) => each.test(key))) continue;
      const self: unknown = Object.create(value.prototype);
      yield [`${full}.${method}`, key, (...args) => call(body.bind(self), ...args)];
    }
  }
}
function said(f: () => unknown): string {
  try {
    f();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message.split('\n')[0]}`;
  }
  return 'nothing';
}
const all = [...methods()];
test.each(all)('%s refuses what it does not take', (_, key, method) => {
  const { args, pythonName, rest } = new Signature(key, 'function');
  const wrong: string[] = [];
  const expectSaid = (given: readonly unknown[], wanted: string): void => {
    const text = said(() => method(...given));
    if (!text.startsWith('TypeError') || !text.includes(wanted)) wrong.push(`${JSON.stringify(given)}: ${text}`);
  };
  expectSaid([{ bogus: 1 }], `${pythonName}() got an unexpected keyword argument 'bogus'`);
  for (const { python, name } of args)
    if (python !== name)
      expectSaid([{ [python]: 1 }], `${pythonName}() got an unexpected keyword argument '${python}'`);
  if (rest < 0) expectSaid(new Array(args.length + 1).fill(null), `${pythonName}() takes `);
  if (args.length && rest < 0)
    expectSaid([7, { [args[0].name]: 7 }], `${pythonName}() got multiple values for argument '${args[0].python}'`);
  expect(wrong).toEqual([]);
});
test('there are many', () => expect(all.length).toBeGreaterThan(90));
