/** Ops that the addon cannot be told as single ops run natively all the same, as graphs of one node. */
import * as tf from '../../src';
import { TensorShape } from '../../src/base/shape';
import { applyOp } from '../../src/graph/apply';
import { type AttrKind, type AttrValue, definitionOf, registeredOps } from '../../src/graph/opdef';
import type { FeedValue } from '../../src/graph/runner';
import { openDevice } from '../../src/kernels/devices';
import { hostKernel } from '../../src/kernels/registry';
import { openAddon } from '../../src/kernels/native/addon';
import { encodeAttr, isSettable } from '../../src/kernels/native/attrs';
import { differencesOf } from '../../src/kernels/native/differences';
import { testOn } from '../devices';

function session(graph: tf.Graph): tf.Session {
  return new tf.Session('', { graph, config: { device: 'native', placement: 'device', advice: false } });
}
/** A node of a type, its inputs of unknown shapes: what it gives in three runs, and its error in a fourth. */
function outcomes(
  type: string,
  inputs: readonly (readonly [tf.DType, FeedValue])[],
  attrs: Readonly<Record<string, AttrValue>>,
  bad?: readonly FeedValue[],
): { values: unknown[][]; error: string | null; left: number } {
  const graph = new tf.Graph();
  return graph.asDefault(() => {
    const xs = inputs.map(([dtype]) => tf.placeholder(dtype, null));
    const def = definitionOf(type);
    let at = 0;
    const edges = def.inputs.map((arg) => (arg.typeListAttr || arg.numberAttr ? xs.slice(at) : xs[at++]));
    const op = applyOp(type, edges, attrs);
    const sess = session(graph);
    const before = sess.device.tensorsAlive();
    const feed = (values: readonly FeedValue[]) => xs.map((x, i) => [x, values[i]] as const);
    const run = (values: readonly FeedValue[]) =>
      (sess.run([...op.outputs], feed(values)) as unknown[]).map((v) => (v instanceof tf.NDArray ? v.toArray() : v));
    const good = inputs.map(([, value]) => value);
    const values = [run(good), run(good), run(good)];
    let error: string | null = null;
    try {
      if (bad) run(bad);
    } catch (e) {
      error = `${(e as Error).name}: ${(e as Error).message.split('\n')[0]}`;
    }
    expect(run(good)).toEqual(values[0]);
    sess.close();
    return { values, error, left: sess.device.tensorsAlive() - before };
  });
}
const CSV = { OUT_TYPE: [tf.float32, tf.int32, tf.string] };

testOn('native', 'records of mixed types: a list of types', () => {
  const inputs = [
    [tf.string, ['1,2,a', ',,b', '3.5,9,']],
    [tf.float32, [1.5]],
    [tf.int32, [7]],
    [tf.string, ['q']],
  ] as const;
  const { values, error, left } = outcomes('DecodeCSV', inputs, CSV, [['1,2'], [1.5], [7], ['q']]);
  const want = [
    [1, 1.5, 3.5],
    [2, 7, 9],
    ['a', 'b', 'q'],
  ];
  expect(values).toEqual([want, want, want]);
  // In TensorFlow 1.15: "Expect 3 fields but have 2 in record 0".
  expect(error).toBe('InvalidArgumentError: Expect 3 fields but have 2 in record 0');
  expect(left).toBe(0);
});
testOn('native', 'a text that is no ASCII', () => {
  const { values } = outcomes(
    'RegexReplace',
    [
      [tf.string, ['ä-b', 'c']],
      [tf.string, 'ä'],
      [tf.string, 'é'],
    ],
    {},
  );
  expect(values[0]).toEqual([['é-b', 'c']]);
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const x = tf.placeholder(tf.string, null);
    const { outputs } = applyOp('StaticRegexReplace', [x], { pattern: 'ä+', rewrite: 'é\0' });
    using sess = session(graph);
    expect((sess.run(outputs[0], [[x, ['xäay', 'b']]]) as tf.NDArray).toArray()).toEqual(['xé\0ay', 'b']);
  });
});
testOn('native', 'a shape that is known in part, and another one beside it', () => {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const x = tf.placeholder(tf.float32, null);
    const [a] = applyOp('EnsureShape', [x], { shape: new TensorShape([null, 2]) }).outputs;
    const [b] = applyOp('EnsureShape', [x], { shape: new TensorShape([2, null]) }).outputs;
    using sess = session(graph);
    const feed = { [x.name]: [[1, 2]] };
    expect((sess.run(a, feed) as tf.NDArray).toArray()).toEqual([[1, 2]]);
    expect(() => sess.run(b, feed)).toThrow('is not compatible with expected shape [2,?].');
  });
});
/** Graphs that TensorFlow holds in this process: other tests' among them. */
function held(): number {
  const opened = openAddon();
  return 'addon' in opened ? opened.addon.getNumOfSavedModels() : 0;
}
testOn('native', 'more graphs than are kept', () => {
  const before = held();
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const x = tf.placeholder(tf.string, null);
    const made = Array.from(
      { length: 140 },
      (_, i) => applyOp('StaticRegexReplace', [x], { pattern: 'ä', rewrite: `ö${i}` }).outputs[0],
    );
    using sess = session(graph);
    for (let round = 0; round < 2; round++) made.forEach((y, i) => expect(sess.run(y, [[x, 'ä']])).toBe(`ö${i}`));
    expect(held() - before).toBeLessThanOrEqual(128);
  });
});

/** A value of a kind, as an op's definition might have it. */
const SAMPLES: { readonly [kind in AttrKind]: AttrValue } = {
  int: 3,
  'list(int)': [1, 2],
  float: 0.5,
  'list(float)': [0.5],
  bool: true,
  'list(bool)': [true],
  string: 'SAME',
  'list(string)': ['a'],
  type: tf.float32,
  'list(type)': [tf.float32],
  shape: new TensorShape([2]),
  'list(shape)': [new TensorShape([2])],
  tensor: new tf.NDArray(tf.float32, [1], Float32Array.of(1)),
  'list(tensor)': [],
  func: 'f',
  'list(func)': [],
};
testOn('native', 'which ops need it follows from their definitions', () => {
  const opened = openAddon();
  if (!('addon' in opened)) throw new Error('no addon');
  const { addon } = opened;
  for (const kind of Object.keys(SAMPLES) as AttrKind[])
    expect([kind, encodeAttr(addon, 'a', kind, SAMPLES[kind]) !== null]).toEqual([kind, isSettable(kind)]);
  for (const [kind, value] of [
    ['int', 2 ** 60],
    ['list(int)', [1, 2 ** 40]],
    ['shape', new TensorShape([null, 2])],
    ['shape', TensorShape.unknown()],
    ['string', 'ä'],
    ['string', 'a\0b'],
    ['string', 'x'.repeat(600)],
  ] as [AttrKind, AttrValue][])
    expect([kind, encodeAttr(addon, 'a', kind, value)]).toEqual([kind, null]);

  // Every pure op on plain tensors has a native kernel, whatever its attributes, but for those that take functions and
  // those that the table of differences leaves to the host.
  const device = openDevice('native');
  const plain = [tf.float32, tf.int32, tf.int64, tf.bool, tf.string];
  const needed: string[] = [];
  const without: string[] = [];
  for (const type of registeredOps()) {
    const def = definitionOf(type);
    const unsettable = def.attrs.filter(({ kind }) => !isSettable(kind));
    const changes = def.isStateful || def.inputs.some(({ isRef }) => isRef);
    if (changes || !unsettable.length || !def.outputs.length) continue;
    if (unsettable.some(({ kind }) => /func/.test(kind))) continue;
    const attrs: Record<string, AttrValue> = {};
    for (const { name, kind, allowed, minimum, ...attr } of def.attrs)
      attrs[name] =
        attr.default ??
        (kind === 'type'
          ? (plain.find((t) => !allowed || allowed.includes(t)) ?? tf.variant)
          : kind === 'list(type)'
            ? [plain.find((t) => !allowed || allowed.includes(t)) ?? tf.variant]
            : kind === 'int'
              ? Math.max(1, minimum ?? 1)
              : SAMPLES[kind]);
    const typesOf = (args: typeof def.inputs): tf.DType[] =>
      args.flatMap((arg) => {
        const one = arg.dtype ?? (arg.typeAttr ? (attrs[arg.typeAttr] as tf.DType) : null);
        if (arg.typeListAttr) return attrs[arg.typeListAttr] as tf.DType[];
        return Array.from({ length: arg.numberAttr ? (attrs[arg.numberAttr] as number) : 1 }, () => one!);
      });
    const types = typesOf(def.inputs);
    const outputTypes = typesOf(def.outputs);
    if (!outputTypes.length || [...types, ...outputTypes].some((t) => !plain.includes(t))) continue;
    needed.push(type);
    // What the addon is kept from stays with the host, however it could be told.
    if (differencesOf({ type, attrs, outputTypes }).some(({ instead }) => instead === 'host')) continue;
    if (!device.kernelFor({ def, type, name: type, attrs, outputTypes }, types) && !hostKernel(type))
      without.push(type);
  }
  expect(without).toEqual([]);
  expect(needed).toEqual(expect.arrayContaining(['DecodeCSV', 'IdentityN', 'DecodeProtoV2']));
});
