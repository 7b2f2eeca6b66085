/** Functions that call themselves, and functions, branches and loops deep inside of others: errors, and no overflow. */
import * as tf from '../../src';
import { devices, everything, open } from '../devices';
import { CALLS, T, fn, func, graphOf, imported, said, type, types } from './calling-graphs';

/** Whatever reaches into functions while a graph is worked on. */
function reach(graph: tf.Graph): string[] {
  return graph.asDefault(() => {
    const [x, y] = ['x:0', 'c:0'].map((name) => graph.getTensorByName(name));
    const sess = new tf.Session({ config: { advice: false } });
    const answers = [
      said(() => tf.gradients(y, x)),
      said(() => tf.explainGradient(y, x, { session: sess, feeds: [[x, 2]] })),
      said(() => tf.graphUtil.convertVariablesToConstants(sess, graph.asGraphDef(), ['c'])),
      said(() => tf.graphUtil.extractSubGraph(graph.asGraphDef(), ['c'])),
      said(() => tf.train.exportMetaGraph()),
      said(() => new tf.Graph().asDefault(() => tf.importGraphDef(graph.asGraphDef()))),
    ];
    sess.close();
    return answers;
  });
}
const ENDLESS = /^InvalidArgumentError: Function f0 calls itself( \(.*\))?: recursion is not supported$/;
const DEEP =
  /^InvalidArgumentError: Functions are called from within functions more than (256|128) times: f0 -> f1 -> f2 -> … /;
/** Beside that: for a For and a While without a counter there is no gradient, and a call's is made when it is run. */
const REACHED = /^(nothing|LookupError: No gradient defined|ValueError: The loop 'c' .* has no gradient)/;

describe.each(devices())('on the $title device', (mode) => {
  const run = (graph: tf.Graph, options = {}): string =>
    said(() => open(graph, mode).run('c:0', { 'x:0': 2 }, { options, runMetadata: new tf.RunMetadata() }));
  describe.each(Object.keys(CALLS))('%s', (kind) => {
    test.each([1, 2, 40])('in a ring of %d', (n) => {
      const graph = graphOf(kind, n, (i) => (i + 1) % n);
      for (const options of [{}, { traceLevel: tf.RunOptions.FULL_TRACE }])
        expect(run(graph, options)).toMatch(ENDLESS);
      for (const each of reach(graph)) if (!ENDLESS.test(each)) expect(each).toMatch(REACHED);
      expect(run(graph)).toMatch(ENDLESS);
    });
    test('in a chain of 1,000, and of 40', () => {
      const graph = graphOf(kind, 1000, (i) => i + 1);
      expect(run(graph)).toMatch(DEEP);
      for (const each of reach(graph)) if (!DEEP.test(each)) expect(each).toMatch(REACHED);
      const fits = graphOf(kind, 40, (i) => i + 1);
      expect(run(fits)).toBe('nothing');
      for (const each of reach(fits)) expect(each).toMatch(REACHED);
    });
  });
  test('functions that each call the next one twice', () => {
    const body = (f: string): string =>
      `node_def { name: "a" op: "${f}" input: "x" } node_def { name: "b" op: "${f}" input: "a:y:0" }`;
    const functions = Array.from({ length: 40 }, (_, i) => fn(`f${i}`, body(`f${i + 1}`), 'b:y:0')).join('');
    const last = fn('f40', `node_def { name: "n" op: "Neg" input: "x" ${T} }`, 'n:y:0');
    const x = `node { name: "x" op: "Placeholder" ${type('dtype', 'DT_FLOAT')} }`;
    const graph = imported(`${x} node { name: "c" op: "f0" input: "x" } library { ${functions} ${last} }`);
    expect(run(graph)).toBe('ResourceExhaustedError: Functions are called more than 8192 times in all');
  });
  test('a function whose gradient function asks for its gradient', () => {
    const attrs = types('Tin', 'DT_FLOAT', 'DT_FLOAT') + types('Tout', 'DT_FLOAT') + func('f', 'f');
    const asks = `node_def { name: "g" op: "SymbolicGradient" input: "x" input: "dy" ${attrs} }`;
    const gradient = fn('g', asks, 'g:output:0').replace(
      'output_arg',
      'input_arg { name: "dy" type: DT_FLOAT } output_arg',
    );
    const functions = fn('f', `node_def { name: "n" op: "Neg" input: "x" ${T} }`, 'n:y:0') + gradient;
    const graph = imported(
      `node { name: "x" op: "Placeholder" ${type('dtype', 'DT_FLOAT')} } node { name: "c" op: "f" input: "x" } ` +
        `library { ${functions} gradient { function_name: "f" gradient_func: "g" } }`,
    );
    const [x, y] = ['x:0', 'c:0'].map((name) => graph.getTensorByName(name));
    const [dx] = graph.asDefault(() => tf.gradients(y, x));
    expect(said(() => open(graph, mode).run(dx, [[x, 1]]))).toMatch(/Function g calls itself: recursion/);
  });
  test('a gradient after a run, and after a gradient that failed, finds the branches as they then are', () => {
    tf.enableControlFlowV2();
    try {
      const graph = new tf.Graph();
      graph.asDefault(() => {
        const x = tf.placeholder(tf.float32, []);
        const y = tf.cond(
          tf.greater(x, 0),
          () => tf.exp(tf.sin(x)),
          () => tf.cos(x).mul(x),
        ) as tf.Tensor;
        const [, z] = tf.whileLoop(
          (i) => tf.less(i, 3),
          (i: tf.Tensor, a: tf.Tensor) => [i.add(1), tf.sin(a).mul(a)],
          [0, x] as never,
        ) as unknown as tf.Tensor[];
        const sess = open(graph, mode);
        const before = sess.run([y, z], [[x, 2]]);
        // Something on the way back has no gradient.
        const bad = tf.reduceSum(tf.unique(tf.stack([x]))[0]).add(x);
        expect(() =>
          tf.gradients(
            tf.cond(
              tf.greater(x, 0),
              () => tf.sin(bad),
              () => bad,
            ) as tf.Tensor,
            x,
          ),
        ).toThrow('No gradient defined');
        const [dx] = tf.gradients([y, z], x);
        expect(sess.run([y, z], [[x, 2]])).toEqual(before);
        const [up, down] = [2.001, 1.999].map((at) => sess.run(tf.add(y, z), [[x, at]]) as number);
        expect(sess.run(dx as tf.Tensor, [[x, 2]]) as number).toBeCloseTo((up - down) / 0.002, 2);
      });
    } finally {
      tf.disableControlFlowV2();
    }
  });
  test('two calls of the same branches both have gradients', () => {
    const source = new tf.Graph();
    tf.enableControlFlowV2();
    source.asDefault(() => {
      const x = tf.placeholder(tf.float32, [], { name: 'x' });
      const y = tf.cond(
        tf.greater(x, 0),
        () => tf.exp(x),
        () => tf.sin(x),
      ) as tf.Tensor;
      tf.identity(y, { name: 'y' });
    });
    tf.disableControlFlowV2();
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const x = tf.placeholder(tf.float32, []);
      const both = [x, tf.negative(x)].map(
        (given) =>
          (
            tf.importGraphDef(source.asGraphDef(), {
              inputMap: { 'x:0': given },
              returnElements: ['y:0'],
            }) as tf.Tensor[]
          )[0],
      );
      const [dx] = tf.gradients(both, x);
      expect(open(graph, mode).run(dx as tf.Tensor, [[x, 1]])).toBeCloseTo(Math.E - Math.cos(-1), 5);
    });
  });
});

if (everything) {
  test('on a server', () => {
    const server = tf.train.Server.createLocalServer();
    const graph = graphOf('If', 1, () => 0);
    const sess = new tf.Session(server.target, { graph });
    expect(said(() => sess.run('c:0', { 'x:0': 2 }))).toMatch(ENDLESS);
    const deep = new tf.Session(server.target, { graph: graphOf('PartitionedCall', 1000, (i) => i + 1) });
    expect(said(() => deep.run('c:0', { 'x:0': 2 }))).toMatch(DEEP);
    for (const each of [sess, deep]) each.close();
  });
  test("what TensorFlow finds in functions when it imports what calls them, in TensorFlow's words", () => {
    const x = `node { name: "x" op: "Placeholder" ${type('dtype', 'DT_FLOAT')} }`;
    const neg = (name: string, ...inputs: string[]): string =>
      `node_def { name: "${name}" op: "Neg" ${inputs.map((each) => `input: "${each}"`).join(' ')} ${T} }`;
    const importing = (body: string, ret: string, call = '', more = ''): string =>
      said(() =>
        imported(`${x} node { name: "m" ${call || 'op: "f" input: "x"'} } library { ${fn('f', body, ret)} ${more} }`),
      );
    const ring = neg('a', 'b:y:0') + neg('b', 'a:y:0');
    expect(importing(ring, 'a:y:0')).toBe('ValueError: 3 nodes in a cycle');
    expect(importing(neg('a', 'a:y:0'), 'a:y:0')).toBe('ValueError: 2 nodes in a cycle');
    expect(importing(ring + neg('c', 'x'), 'c:y:0')).toBe('ValueError: 2 nodes in a cycle');
    expect(importing(neg('c', 'x', '^c'), 'c:y:0')).toBe('ValueError: 2 nodes in a cycle');
    expect(importing(ring, 'a:y:0', CALLS.PartitionedCall('f')[0])).toBe('ValueError: 3 nodes in a cycle');
    const outer = fn('g', `node_def { name: "c" op: "f" input: "x" }`, 'c:y:0');
    expect(importing(ring, 'a:y:0', 'op: "g" input: "x"', outer)).toBe('ValueError: 3 nodes in a cycle');
    expect(importing(neg('c', 'nobody'), 'c:y:0')).toBe('ValueError: input nobody is not found: {{node c}}');
    expect(importing(neg('c', 'x'), 'd:y:0')).toBe('ValueError: Return y -> d:y:0 is not found.');
    // Into what decides or goes round it does not look, nor where the node says so.
    expect(importing(ring, 'a:y:0', CALLS.If('f')[0])).toBe('nothing');
    const blind = 'op: "f" input: "x" attr { key: "_disable_call_shape_inference" value { b: true } }';
    expect(importing(ring, 'a:y:0', blind)).toBe('nothing');
  });
}
