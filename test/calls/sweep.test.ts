/**
 * Every public name, walked: what has a counterpart in Python takes its arguments as Python 1.15's signature on file
 * says, and nothing else; what has none is listed with the reason.
 */
import * as tf from '../../src';
import { isClass } from '../../src/base/border';
import { type Key, boundAs } from '../../src/calls/bind';
import { SIGNATURES } from '../../src/calls/generated/signatures';
import { OBJECTS, OWN } from '../../src/calls/own';
import { type Argument, type Kind, Signature } from '../../src/calls/signature';
import { OURS, surface } from '../surface-rows';
import { COMPARISONS, METHODS, OPERATORS, SIGNS, UNBOUND, UNBOUND_METHODS } from './unbound';
import { call, create } from './words';

type Function = (...args: unknown[]) => unknown;
const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
const PUBLIC = surface(tf).filter(([, value]) => typeof value === 'function');
const FUNCTIONS = PUBLIC.filter(([, value]) => !isClass(value)) as [string, Function][];
const CLASSES = PUBLIC.filter(([, value]) => isClass(value)) as [string, { readonly prototype: object }][];

/** What a call is told. */
function refusal(f: Function, ...args: unknown[]): string {
  try {
    f(...args);
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'nothing';
}
/** Of no kind that an argument may be. */
const WRONG: Readonly<Partial<Record<Kind, unknown>>> = {
  bool: 'x',
  string: 7,
  DataType: true,
  number: 'x',
  shape: true,
  collections: 7,
  refused: 7,
};
const body = (): number => 1;
const isObject = (key: string, { python }: Argument): boolean => OBJECTS.has(python) || OBJECTS.has(`${key}:${python}`);

/** Calls that no signature takes, one kind after the other, and what is said of them. */
function hostile(key: Key, kind: 'function' | 'class', f: Function, isBlock: boolean): string[] {
  const signature = new Signature(key, kind);
  const { args, pythonName, required } = signature;
  const wrong: string[] = [];
  const last = isBlock ? [body] : [];
  const expect_ = (what: string, given: unknown[], wanted: string): void => {
    const said = refusal(f, ...given, ...last);
    if (!said.startsWith('TypeError') || !said.includes(wanted)) wrong.push(`${what}: ${said.split('\n')[0]}`);
  };
  const first = args[0];
  const named = `${pythonName}() got an unexpected keyword argument`;
  // What tf.print gets is printed.
  if (key !== 'print' && (!first || !isObject(key, first))) {
    expect_('bogus', [{ bogus: 1 }], `${named} 'bogus'`);
    for (const { python, name } of args)
      if (python !== name) expect_(python, [{ [python]: 1 }], `${named} '${python}'\n  fix: ${name}, as {${name}: …}.`);
  }
  if (signature.rest >= 0) return wrong;
  expect_('too many', new Array(args.length + 1).fill(null), 'positional argument');
  if (required > 0 && !isBlock)
    expect_('nothing', [], `${pythonName}() missing ${required} required positional argument`);
  if (first && !isObject(key, args[1] ?? first))
    expect_('twice', [7, { [first.name]: 7 }], `${pythonName}() got multiple values for argument '${first.python}'`);
  const nulls = Object.fromEntries(args.slice(0, required).map(({ name }) => [name, null]));
  for (const arg of args) {
    if (!arg.kind || !(arg.kind in WRONG)) continue;
    const wanted =
      arg.kind === 'refused' ? `takes nothing for ${arg.name}` : `Expected ${arg.kind} for argument '${arg.python}'`;
    expect_(`kind of ${arg.name}`, [{ ...nulls, [arg.name]: WRONG[arg.kind] }], wanted);
  }
  return wrong;
}
const BLOCKS: ReadonlySet<string> = new Set(
  'name_scope variable_scope control_dependencies device colocate_with init_scope'.split(' '),
);

describe('functions', () => {
  test('each is bound, or listed with its reason', () => {
    expect(FUNCTIONS.filter(([name, f]) => boundAs(f) === null && !(name in UNBOUND)).map(([name]) => name)).toEqual(
      [],
    );
    const names = new Map(PUBLIC);
    const idle = Object.keys(UNBOUND).filter((name) => !names.has(name) || boundAs(names.get(name) as object));
    expect(idle).toEqual([]);
  });
  test('each is bound as Python’s of its name', () => {
    const texts: Readonly<Record<string, string>> = { ...SIGNATURES, ...OWN };
    const others = FUNCTIONS.filter(([full, f]) => {
      const key = boundAs(f);
      if (!key) return false;
      const python = full.slice(3).split('.').map(snake).join('.');
      if (python in texts) return texts[python] !== texts[key];
      return python.split('.').pop() !== snake(key.split('.').pop()!);
    });
    const later = others.filter(([full]) => OURS[full] !== 'TensorFlow before 1.0');
    expect(later.map(([full, f]) => `${full} as ${boundAs(f)}`)).toEqual([
      'tf.NoGradient as NotDifferentiable',
      'tf.contrib.slim.conv1d as contrib.layers.convolution1d',
      'tf.contrib.slim.conv2d as contrib.layers.convolution2d',
      'tf.contrib.slim.conv2dTranspose as contrib.layers.convolution2d_transpose',
      'tf.debugging.assertAllFinite as verify_tensor_all_finite',
      'tf.keras.initializers.constant as constant_initializer',
      'tf.keras.initializers.glorotNormal as glorot_normal_initializer',
      'tf.keras.initializers.glorotUniform as glorot_uniform_initializer',
      'tf.keras.initializers.ones as ones_initializer',
      'tf.keras.initializers.zeros as zeros_initializer',
      'tf.math.mod as floormod',
    ]);
  });
  const bound = FUNCTIONS.filter(([, f]) => boundAs(f));
  test.each(bound)('%s refuses what it does not take', (_, f) => {
    const key = boundAs(f)!;
    expect(hostile(key, 'function', f, BLOCKS.has(key))).toEqual([]);
  });
});

describe('classes', () => {
  const texts: Readonly<Record<string, string>> = { ...SIGNATURES, ...OWN };
  const keyOf = (full: string): string => {
    const path = full.slice(3).split('.');
    const key = [...path.slice(0, -1).map(snake), path[path.length - 1]].join('.');
    return key in texts ? key : key.replace('contrib.rnn.', 'nn.rnn_cell.');
  };
  test.each(CLASSES.filter(([full]) => keyOf(full) in texts && !(full in UNBOUND)))(
    'new %s refuses what it does not take',
    (full, type) => {
      const key = full === 'tf.InteractiveSession' ? 'Session' : (keyOf(full) as Key);
      expect(hostile(key, 'class', (...args) => create(type, ...args), false)).toEqual([]);
    },
  );
  test('each is bound, or listed with its reason', () => {
    expect(CLASSES.filter(([full]) => !(keyOf(full) in texts) && !(full in UNBOUND)).map(([full]) => full)).toEqual([]);
  });
});

describe('methods', () => {
  beforeEach(() => tf.resetDefaultGraph());
  /** An object of each class, on which its methods are called. */
  const methodsOf = (type: { readonly prototype: object }): string[] =>
    Object.getOwnPropertyNames(type.prototype).filter((name) => {
      const { value } = Object.getOwnPropertyDescriptor(type.prototype, name)!;
      return typeof value === 'function' && name !== 'constructor';
    });
  test.each(Object.keys(METHODS))('of %s refuse what they do not take', (full) => {
    const { make, blocks = [], key: base = full.slice(3) } = METHODS[full];
    const texts: Readonly<Record<string, string>> = { ...SIGNATURES, ...OWN };
    const self = make() as Record<string, Function>;
    const prototype = Object.getPrototypeOf(self) as object;
    const wrong: string[] = [];
    for (const name of methodsOf({ prototype })) {
      const reason = UNBOUND_METHODS[`${full}.${name}`] ?? UNBOUND_METHODS[`*.${name}`];
      const key = `${base}.${snake(name)}`;
      if (reason) continue;
      if (!(key in texts)) wrong.push(`${name}: neither bound nor listed`);
      else
        wrong.push(
          ...hostile(
            key as Key,
            'function',
            (...args) => call(self[name].bind(self), ...args),
            blocks.includes(name),
          ).map((said) => `${name}, ${said}`),
        );
    }
    expect(wrong).toEqual([]);
  });
  test('operators take their operands alone', () => {
    const x = tf.constant([1, 2]);
    const variable = new tf.Variable([1, 2]);
    for (const self of [x, variable] as unknown as Record<string, Function>[]) {
      for (const name of [...OPERATORS.flatMap((each) => [each, `r${each}`]), ...COMPARISONS])
        expect(refusal((...args) => call(self[name].bind(self), ...args), 1, { name: 'a' })).toMatch(
          `TypeError: ${name}() takes 2 positional arguments but 3 were given`,
        );
      for (const name of SIGNS)
        expect(refusal((...args) => call(self[name].bind(self), ...args), { name: 'a' })).toMatch(
          `TypeError: ${name}() takes 1 positional argument but 2 were given`,
        );
    }
  });
  test('a shape is one list', () => {
    expect(() => create(tf.TensorShape, null, 784)).toThrow('fix: a shape is a list: new tf.TensorShape([null, 784]).');
  });
  test('settings that there are not are refused, with the nearest', () => {
    expect(() => create(tf.RunOptions, { trace_level: 3 })).toThrow(
      'Protocol message RunOptions has no "trace_level" field.\n  fix: traceLevel, as {traceLevel: …}.',
    );
    expect(() => create(tf.Session, { config: { devcie: 'portable' } })).toThrow(
      'Protocol message ConfigProto has no "devcie" field.\n  fix: device, as {device: …}.',
    );
    const config = (of: object): (() => unknown) => {
      return () => create(tf.Session, { config: of });
    };
    expect(config({ graphOptions: { constantFoldin: false } })).toThrow(
      'Protocol message GraphOptions has no "constantFoldin" field.\n  fix: constantFolding, as {constantFolding: …}.',
    );
    expect(config({ graphOptions: 3 })).toThrow('GraphOptions is an object of settings, not 3.');
    for (const other of [[], new Map([['device', 'native']]), new Date(0), new Float32Array(2), Promise.resolve()])
      expect(config(other as never)).toThrow('ConfigProto is an object of settings, not ');
    expect(config({ graphOptions: { fusion: 'no' } })).toThrow("'no' has type str, but expected one of: bool");
    expect(config({ deterministic: 1 })).toThrow('1 has type int, but expected one of: bool');
    expect(config({ placement: 'gpu' })).toThrow("fix: one of 'auto', 'host', 'device'.");
    expect(() => create(tf.RunOptions, { timeoutInMs: 1.5 })).toThrow('1.5 has type float, but expected one of: int');
    create(tf.Session, { config: { graphOptions: false, advice: null } });
    create(tf.Session, { config: { graphOptions: { fusion: false, wholeGraph: true } } });
    tf.constant(1);
    using sess = new tf.Session({ config: { device: 'portable', advice: false } });
    expect(() => call(sess.run.bind(sess), 'Const:0', {}, { traceLevl: 3 })).toThrow('fix: traceLevel');
    expect(() => call(sess.run.bind(sess), 'Const:0', {}, null, 7)).toThrow('fix: runMetadata: new tf.RunMetadata().');
  });
});
