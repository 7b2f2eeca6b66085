/** Advice in the spelling of Python, for clients of TensorFlow's library. */
import { inPython, wordsFor } from '../../src/distributed/python-words';
import { type Client, besideServer, counter, failing } from './client';

let client: Client;
besideServer((made) => (client = made));

test.each([
  [
    'fix: call tf.globalVariablesInitializer() after the whole graph is built',
    'fix: call tf.global_variables_initializer() after the whole graph is built',
  ],
  [
    'fix: transpose b: tf.matmul(a, b/c, {transposeB: true}).',
    'fix: transpose b: tf.matmul(a, b/c, transpose_b=True).',
  ],
  [
    'fix: tf.matmul(a, b, {transposeA: true, transposeB: false}).',
    'fix: tf.matmul(a, b, transpose_a=True, transpose_b=False).',
  ],
  [
    'fix: tf.nn.sparseSoftmaxCrossEntropyWithLogits({labels, logits}) takes classes',
    'fix: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits) takes classes',
  ],
  ["fix: feed it: sess.run(fetches, {'pp:0': value}).", "fix: feed it: sess.run(fetches, {'pp:0': value})."],
  ['fix: fetch a tensor: sess.run(y, {[X.name]: value}).', 'fix: fetch a tensor: sess.run(y, {X: value}).'],
  ['fix: pass it: new tf.Session({graph}).', 'fix: pass it: tf.Session(graph=graph).'],
  ['fix: tf.cast(x, tf.int64), or tf.TensorShape, or tf.AUTO_REUSE.', null],
  ['likely cause: tf.train.latestCheckpoint(folder) is', 'likely cause: tf.train.latest_checkpoint(folder) is'],
  ['rule: tf.reduceSum(aB.mul(cD)) of vectors', 'rule: tf.reduce_sum(aB * cD) of vectors'],
  [
    "fix: config.checkNumerics names the first node: new tf.Session('', {config: {checkNumerics: true}}).",
    'fix: tf.add_check_numerics_ops(), run before it, names the first node that makes them.',
  ],
])('%s', (said, python) => {
  expect(inPython(`bad : tf.reduceSum\n  ${said}`)).toBe(`bad : tf.reduceSum\n  ${python ?? said}`);
});
test('no name takes long', () => {
  for (const part of ['a', '{', '{a', '{a: ', '{[a', 'tf.', 'a.mul(', ', {a, '])
    expect(inPython(`bad\n  fix: ${part.repeat(1 << 17)}`)).toMatch(/^bad/);
});
test('other lines stay, and so do texts for other clients', () => {
  const text = 'Error\n  x: tf.aB:0 [?]\n  fix: tf.aB(x).';
  expect(inPython(text)).toBe('Error\n  x: tf.aB:0 [?]\n  fix: tf.a_b(x).');
  for (const agent of [undefined, '', 'grpc-node-js/1.9', 'my grpc-c++/1']) expect(wordsFor(agent)(text)).toBe(text);
});
test.each([true, false])('advice is in the words of the client, errors in the answer: %p', async (inBody) => {
  const session = await client.open(counter());
  const read = (userAgent?: string) =>
    failing(session.run(['w/read:0'], {}, [], { storeErrorsInResponseBody: inBody, userAgent }));
  expect((await read()).message).toContain('sess.run(tf.globalVariablesInitializer()).');
  const python = await read('grpc-c++/1.19.1 grpc-c/7.0.0 (linux; chttp2; godric)');
  expect(python.message).toContain('sess.run(tf.global_variables_initializer()).');
});
