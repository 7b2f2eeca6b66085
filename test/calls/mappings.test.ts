/** Where Python takes a dictionary, an object or a Map is taken, and nothing else: numbers and text name nothing. */
import * as tf from '../../src';

const sess = new tf.Session();
const text = 'x'.repeat(2 ** 20);
/** What is none. A long text has a million keys: looking at them all took minutes. */
const NONE: readonly (readonly [string, unknown])[] = [
  ['a number', 5],
  ['zero', 0],
  ['text', 'ab'],
  ['no text', ''],
  ['long text', text],
  ['true', true],
  ['false', false],
  ['a function', () => 1],
  ['numbers', Float32Array.of(1, 2)],
];
type Call = (given: never, own: tf.Session) => unknown;
const CALLS: Readonly<Record<string, readonly [call: Call, says: RegExp]>> = {
  run: [(given, own) => own.run(tf.constant(1), given), /input must be a dictionary/],
  eval: [(given, own) => tf.constant(1).eval(given, own), /input must be a dictionary/],
  'op.run': [(given, own) => tf.noOp().run(given, own), /input must be a dictionary/],
  importGraphDef: [
    (given) => tf.importGraphDef(tf.getDefaultGraph().asGraphDef(), given),
    /input_map must be a dictionary mapping strings to Tensor objects/,
  ],
  importMetaGraph: [
    (given) => tf.train.importMetaGraph(tf.train.exportMetaGraph(), { inputMap: given }),
    /input_map must be a dictionary mapping strings to Tensor objects/,
  ],
  gradientOverrideMap: [
    (given) => tf.getDefaultGraph().gradientOverrideMap(given, () => 1),
    /op_type_map must be a dictionary mapping strings to strings/,
  ],
  buildSignatureDef: [
    (given) => tf.savedModel.signatureDefUtils.buildSignatureDef(given, {}, 'm'),
    /inputs must be a dictionary/,
  ],
  predictSignatureDef: [
    (given) => tf.savedModel.signatureDefUtils.predictSignatureDef({ x: tf.constant(1) }, given),
    /outputs must be a dictionary/,
  ],
  LoggingTensorHook: [(given) => new tf.train.LoggingTensorHook(given, 5), /tensors must be a list, or a dictionary/],
};
describe.each(Object.entries(CALLS))('%s', (_, [call, says]) => {
  test.each(NONE)('%s is no dictionary', (__, given) => {
    let said = '';
    new tf.Graph().asDefault(() => {
      const graph = tf.getDefaultGraph();
      const own = new tf.Session('', { graph });
      try {
        call(given as never, own);
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        said = (error as Error).message;
      } finally {
        own.close();
      }
    });
    expect(said).toMatch(says);
    expect(said.length).toBeLessThan(400);
  });
});
test('a Map is one, as an object is', () => {
  const x = tf.placeholder(tf.float32, [], { name: 'x' });
  expect(sess.run(x, new Map([[x, 2]]))).toBe(2);
  expect(sess.run(x, { x: 3 })).toBe(3);
  expect(sess.run(x, [[x, 4]])).toBe(4);
  const graph = new tf.Graph();
  const def = graph.asDefault(() => {
    tf.square(tf.placeholder(tf.float32, [], { name: 'x' }), { name: 'y' });
    return graph.asGraphDef();
  });
  const given = new Map([['x:0', tf.constant(3)]]);
  const [y] = tf.importGraphDef(def, given, { returnElements: ['y:0'], name: 'by' }) ?? [];
  expect(sess.run(y as tf.Tensor)).toBe(9);
  const signature = tf.savedModel.signatureDefUtils.predictSignatureDef(new Map([['a', x]]), new Map([['b', x]]));
  expect([...signature.inputs.keys(), ...signature.outputs.keys()]).toEqual(['a', 'b']);
});
test('a gradient is named by text', () => {
  expect(() => tf.getDefaultGraph().gradientOverrideMap({ Square: 1 } as never, () => 1)).toThrow(
    /op_type_map must map strings to strings/,
  );
});
