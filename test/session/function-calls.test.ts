/** Functions of a graph's library that no program of TensorFlow's Python makes: generic ones, and wrong ones. */
import * as tf from '../../src';
import type { NodeMessage } from '../../src/format/node-def';
import type { FunctionMessage } from '../../src/format/function-def';
import { NOTHING } from '../../src/format/wire';
import { apply, applyOp } from '../../src/graph/apply';
import { Attr, Func } from '../../src/format/attr';
import { definitionOf } from '../../src/graph/library';
import type { OpType } from '../../src/graph/opdef';
import { devices, open } from '../sweep';

const signature = { description: '', summary: '', unknown: NOTHING, controlOutputs: [], isCommutative: false };
const flags = { isAggregate: false, isStateful: false, allowsUninitializedInput: false };
const arg = {
  description: '',
  type: null,
  typeAttr: '',
  numberAttr: '',
  typeListAttr: '',
  isRef: false,
  unknown: NOTHING,
};
type Arg = Partial<FunctionMessage['signature']['inputs'][number]> & { readonly name: string };
function functionOf(
  name: string,
  [inputs, outputs]: readonly [readonly Arg[], readonly Arg[]],
  nodes: readonly (Partial<NodeMessage> & { readonly name: string; readonly op: string })[],
  ret: Readonly<Record<string, string>>,
  attrs: readonly (readonly [name: string, type: string])[] = [],
): FunctionMessage {
  const full = (list: readonly Arg[]): FunctionMessage['signature']['inputs'] => list.map((a) => ({ ...arg, ...a }));
  const attr = { default: null, description: '', minimum: null, allowed: null, unknown: NOTHING };
  return {
    signature: {
      ...signature,
      ...flags,
      name,
      inputs: full(inputs),
      outputs: full(outputs),
      attrs: attrs.map(([key, type]) => ({ ...attr, name: key, type })),
    },
    nodes: nodes.map((node) => ({ input: [], device: '', attr: {}, unknown: NOTHING, ...node })),
    ret,
    controlRet: {},
    attrs: {},
    unknown: NOTHING,
  };
}
const add = (graph: tf.Graph, fn: FunctionMessage): void =>
  graph.library.add({ def: definitionOf(fn.signature), body: fn });
const T = new Attr('placeholder', 'T');
const float = new Attr('type', tf.float32);
const X_TO_Y = [[{ name: 'x', type: tf.float32 }], [{ name: 'y', type: tf.float32 }]] as const;
/** f(x) = g(x), by name. */
const calls = (name: string, g: string): FunctionMessage =>
  functionOf(name, X_TO_Y, [{ name: 'call', op: g, input: ['x'] }], { y: 'call:y:0' });
function call(name: string, x: tf.Tensor): tf.Tensor {
  return apply('PartitionedCall', [[x]], { Tout: [tf.float32], f: new Func(name) }, 'caller');
}

describe.each(devices())('$title', (mode) => {
  test('a function takes its types and counts from the node that calls it', () => {
    const graph = new tf.Graph();
    const triple = functionOf(
      'Triple',
      [
        [{ name: 'v', typeAttr: 'T' }],
        [
          { name: 't', typeAttr: 'T' },
          { name: 'parts', typeAttr: 'T', numberAttr: 'N' },
        ],
      ],
      [
        { name: 's', op: 'AddN', input: ['v', 'v', 'v'], attr: { N: new Attr('int', 3), T } },
        {
          name: 'axis',
          op: 'Const',
          attr: {
            dtype: new Attr('type', tf.int32),
            value: new Attr('tensor', new tf.NDArray(tf.int32, [], Int32Array.of(0))),
          },
        },
        {
          name: 'p',
          op: 'Split',
          input: ['axis:output:0', 's:sum:0'],
          attr: { T, num_split: new Attr('placeholder', 'N') },
        },
      ],
      { t: 's:sum:0', parts: 'p:output' },
      [
        ['T', 'type'],
        ['N', 'int'],
      ],
    );
    add(graph, triple);
    graph.asDefault(() => {
      const f = (attrs: Readonly<Record<string, Attr>>): Func => new Func('Triple', attrs);
      const ints = applyOp('PartitionedCall', [[tf.constant([3, 4], tf.int32)]], {
        Tout: [tf.int32, tf.int32, tf.int32],
        f: f({ T: new Attr('type', tf.int32), N: new Attr('int', 2) }),
      });
      const floats = applyOp('PartitionedCall', [[tf.constant([1.5])]], {
        Tout: [tf.float32, tf.float32],
        f: f({ T: float, N: new Attr('int', 1) }),
      });
      const sess = open(graph, mode);
      for (const _ of [1, 2, 3, 4]) {
        const found = sess.run([...ints.outputs, ...floats.outputs]).map((v) => (v as tf.NDArray).toArray());
        expect(found).toEqual([[9, 12], [9], [12], [4.5], [4.5]]);
      }
      const lacking = applyOp('PartitionedCall', [[tf.constant([1.5])]], {
        Tout: [tf.float32, tf.float32],
        f: f({ T: float }),
      });
      expect(() => sess.run(lacking.outputs[0])).toThrow(/No argument for attr N|Attr N is not found/);
      sess.close();
    });
  });
});

describe('functions that are wrong', () => {
  const neg = { name: 'n', op: 'Neg' as OpType, attr: { T: float } };
  const fails = (functions: readonly FunctionMessage[], name: string): Error => {
    const graph = new tf.Graph();
    for (const fn of functions) add(graph, fn);
    return graph.asDefault(() => {
      const sess = open(graph, devices()[0]);
      const y = call(name, tf.constant(1));
      let found: Error | null = null;
      for (const _ of [1, 2, 3, 4])
        try {
          sess.run(y);
        } catch (error) {
          found = error as Error;
        }
      sess.close();
      if (!found) throw new Error('It ran.');
      return found;
    });
  };
  test('a function that calls itself is an error', () => {
    const error = fails([calls('f', 'f')], 'f');
    expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
    expect(error.message).toMatch(/^Function f calls itself: recursion is not supported\n\t \[\[node caller\/call/);
  });
  test('as are functions that call each other', () => {
    const error = fails([calls('f', 'g'), calls('g', 'h'), calls('h', 'g')], 'f');
    expect(error.message).toMatch(/^Function g calls itself \(g -> h -> g\): recursion is not supported/);
  });
  test('functions that grow without end are an error, not the end of the memory', () => {
    const twice = (name: string, g: string): FunctionMessage =>
      functionOf(
        name,
        X_TO_Y,
        [
          { name: 'a', op: g, input: ['x'] },
          { name: 'b', op: g, input: ['a:y:0'] },
        ],
        { y: 'b:y:0' },
      );
    const last = functionOf('f40', X_TO_Y, [{ ...neg, input: ['x'] }], { y: 'n:y:0' });
    const graph = new tf.Graph();
    for (let i = 0; i < 40; i++) add(graph, twice(`f${i}`, `f${i + 1}`));
    add(graph, last);
    graph.asDefault(() => {
      const sess = open(graph, devices()[0]);
      const y = call('f0', tf.constant(1));
      expect(() => sess.run(y)).toThrow(tf.errors.ResourceExhaustedError);
      expect(sess.run(call('f34', tf.constant(1)))).toBe(1);
      sess.close();
    });
  });
  const one = (nodes: Parameters<typeof functionOf>[2], ret: Readonly<Record<string, string>>): FunctionMessage =>
    functionOf('f', X_TO_Y, nodes, ret);
  test.each([
    ['a result that is missing', one([], {}), 'Return y missing.'],
    ['a result of nothing', one([], { y: 'n:y:0' }), 'input n:y:0 is not found.'],
    [
      'a result of another type',
      one([{ name: 'n', op: 'Shape', input: ['x'], attr: { T: new Attr('type', tf.float32) } }], { y: 'n:output:0' }),
      'Invalid ret types y : float vs. int32\n\tIn function output y:float',
    ],
    ['an input of nothing', one([{ ...neg, input: ['z'] }], { y: 'n:y:0' }), 'input z is not found.'],
    ['too few inputs', one([{ ...neg, input: [] }], { y: 'n:y:0' }), "NodeDef expected inputs 'float' do not match 0"],
    ['an unknown op', one([{ name: 'n', op: 'Nope', input: ['x'] }], { y: 'n:y:0' }), "Op type not registered 'Nope'"],
    [
      'an attribute that nobody gives',
      one([{ ...neg, input: ['x'], attr: { T } }], { y: 'n:y:0' }),
      'Attr T is not found',
    ],
    [
      'an attribute of another kind',
      one([{ ...neg, input: ['x'], attr: { T: new Attr('int', 1) } }], { y: 'n:y:0' }),
      "Expected DataType for argument 'T' not 1.",
    ],
    ['a ring', one([{ ...neg, input: ['n:y:0'] }], { y: 'n:y:0' }), '1 nodes in a cycle'],
  ])('%s', (_, fn, text) => {
    const error = fails([fn], 'f');
    expect(error).toBeInstanceOf(tf.errors.InvalidArgumentError);
    expect(error.message).toContain(text);
    expect(error.message).toContain("in function 'f', called by 'caller'");
  });
  test('a loop whose condition takes another type than comes', () => {
    const graph = new tf.Graph();
    add(graph, one([{ ...neg, input: ['x'] }], { y: 'n:y:0' }));
    const f = new Func('f');
    const loop = graph.asDefault(() => applyOp('While', [[tf.constant(1, tf.int32)]], { cond: f, body: f }, 'loop'));
    const text = 'Expects arg[0] to be float but int32 is provided\n\t [[node loop';
    expect(() => open(graph, devices()[0]).run(loop.outputs[0])).toThrow(text);
  });
  test('a kind that is no function', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      expect(() => applyOp('PartitionedCall', [[tf.constant(1)]], { Tout: [tf.float32], f: 'f' })).toThrow(
        "Expected func for argument 'f' not 'f'.",
      );
      expect(() => open(graph, devices()[0]).run(call('nope', tf.constant(1)))).toThrow(
        'Function nope is not defined.\n\t [[node caller',
      );
    });
  });
  test('an error in a body says which node called it', () => {
    const bad = one(
      [{ name: 'r', op: 'CheckNumerics', input: ['x'], attr: { T: float, message: new Attr('string', 'no') } }],
      {
        y: 'r:output:0',
      },
    );
    const graph = new tf.Graph();
    add(graph, bad);
    add(graph, calls('g', 'f'));
    graph.asDefault(() => {
      const sess = open(graph, devices()[0]);
      const y = call('g', tf.constant(0).div(0));
      for (const _ of [1, 2, 3, 4])
        expect(() => sess.run(y)).toThrow(
          new RegExp(
            '^no : Tensor had NaN values\\n\\t \\[\\[node caller/call/r \\(.*' +
              "\\n {2}in function 'f', called by 'caller/call' \\(.*\\n {2}in function 'g', called by 'caller'",
          ),
        );
      sess.close();
    });
  });
});
