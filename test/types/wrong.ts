/**
 * Programs that cannot be right: what the compiler says of each, and that a run refuses it too. And beside them what is
 * right and looks alike. Each is an expression of `tf`, a session and the names in `PRELUDE`.
 */
export interface Program {
  readonly program: string;
  /** In the first lines of what the compiler says; null where it has nothing to say. */
  readonly says: RegExp | null;
  /** The compiler cannot know, or the run has no reason to mind. */
  readonly only?: 'tsc' | 'run';
}
const wrong = (program: string, says: RegExp, only?: 'tsc'): Program => ({ program, says, only });
const right = (program: string): Program => ({ program, says: null });

export const PRELUDE = [
  "const X = tf.placeholder(tf.float32, [null, 3], { name: 'X' });",
  'const a = tf.constant([[1, 2], [3, 4]]);',
  'const b = tf.constant([[5, 6], [7, 8]]);',
  'const labels = tf.constant([0, 1], tf.int32);',
  'const v = new tf.Variable([1, 2]);',
  'const w = new tf.Variable(0);',
  'const loss = w.square().add(tf.reduceSum(v.square()));',
  'const adam = new tf.train.AdamOptimizer(0.1);',
];

export const PROGRAMS: Readonly<Record<string, readonly Program[]>> = {
  constants: [
    wrong("tf.constant([1, 'a', true])", /'string' is not assignable to type '.*number|boolean' is not assignable/),
    wrong("tf.constant(['a', 1])", /'number' is not assignable|'string' is not assignable/),
    wrong('tf.constant({ a: 1 })', /'a' does not exist|not assignable/),
    wrong('tf.constant()', /Expected|arguments/),
    wrong('tf.constant(1, tf.float32, [2], { nam: 1 })', /'nam'/),
    wrong('tf.constant([1], { shap: [1] })', /'shap'/),
    right('tf.constant([[1, 2], [3, 4]])'),
    right("tf.constant(['a', 'b'])"),
    right('tf.constant([true, false])'),
    right('tf.constant([])'),
    right('tf.constant(1, tf.int32, [2, 2])'),
    right('tf.constant(Float32Array.of(1, 2))'),
    right("tf.constant([1, 2], { dtype: 'int64', shape: [2, 1] })"),
  ],
  placeholders: [
    wrong('tf.placeholder()', /Expected|arguments/),
    wrong('tf.placeholder([null, 3], tf.float32)', /not assignable to parameter of type '.*(DTypeLike|string)/),
    wrong("tf.placeholder(tf.float32, [null, 'a'])", /'string' is not assignable/),
    wrong("tf.placeholder(tf.float32, [null], { nme: 'x' })", /'nme'/),
    right("tf.placeholder(tf.float32, { shape: [null, 3], name: 'x' })"),
    right('tf.placeholder(tf.float32)'),
    right("tf.placeholder('float32', null)"),
  ],
  lists: [
    wrong('tf.concat(0, [a, b])', /not assignable to parameter of type/),
    wrong('tf.concat([a, b])', /axis/),
    wrong("tf.concat([a, b], 'x')", /'string' is not assignable/),
    wrong('tf.stack([a, b], { axs: 1 })', /'axs'/),
    wrong("tf.split(a, 'two')", /'string' is not assignable|two/),
    right('tf.concat([a, b], 0)'),
    right('tf.concat([a, [[1, 2]]], 0)'),
    right('tf.concat([a, v.get(tf.newaxis)], { axis: 0 })'),
    right('tf.concat({ values: [a, b], axis: 1 })'),
    right('tf.stack([a, b], 1)'),
    right('tf.split(a, 2)'),
    right('tf.split(a, [1, 1], 1)'),
    right('tf.unstack(a)'),
  ],
  reductions: [
    wrong('tf.reduceSum(X, { keep_dims: true })', /'keep_dims'/),
    wrong("tf.reduceSum(X, 'rows')", /'"rows"' is not assignable|'string' is not assignable/),
    wrong('tf.reduceSum()', /Expected|arguments/),
    wrong('tf.reduceMean(X, 1, 2)', /'(number|2)' is not assignable to/),
    wrong('tf.argmax(X, { axes: 1 })', /'axes'/),
    right('tf.reduceSum(X, 1, true)'),
    right('tf.reduceSum(X, { reductionIndices: 1 })'),
    right('tf.reduceMean(X, [0, 1], { keepdims: true })'),
    right('tf.argmax(X, { axis: 1 })'),
    right("tf.argmax(X, 1, 'name')"),
  ],
  products: [
    wrong('tf.matmul(a)', /Expected|arguments|missing/),
    wrong('tf.matmul(a, b, { transpose_b: true })', /'transpose_b'/),
    wrong("tf.matmul(a, b, 'T')", /not assignable/),
    wrong('tf.matmul(a, b, true, false, false, false, false, false, 1, 2)', /Expected|not assignable/),
    right('tf.matmul(a, b, true)'),
    right('tf.matmul(a, b, { transposeB: true })'),
    right('a.matmul(b)'),
    right('tf.matmul(v.get(tf.newaxis), [[1], [2]])'),
  ],
  layers: [
    wrong('tf.nn.softmaxCrossEntropyWithLogits(a, b)', /Expected 1 arguments|not assignable/),
    wrong('tf.nn.softmaxCrossEntropyWithLogits({ label: a, logits: b })', /'label'/),
    wrong("tf.nn.conv2d(tf.zeros([1, 4, 4, 1]), tf.zeros([2, 2, 1, 1]), [1, 1, 1, 1], 'SAMe')", /"SAMe"/),
    wrong('tf.nn.dropout(a, 0.5, { rat: 1 })', /'rat'/),
    wrong('tf.nn.relu(a, { nam: 1 })', /'nam'/),
    wrong('tf.oneHot(labels, 2, { on_value: 2 })', /'on_value'/),
    right("tf.nn.conv2d(tf.zeros([1, 4, 4, 1]), tf.zeros([2, 2, 1, 1]), { strides: [1, 1, 1, 1], padding: 'SAME' })"),
    right('tf.nn.softmaxCrossEntropyWithLogits({ labels: a, logits: b })'),
    right('tf.nn.softmax(a, -1)'),
    right('tf.oneHot(labels, 2, 1, 0)'),
    right('tf.nn.embeddingLookup(a, labels)'),
  ],
  operators: [
    wrong('a.add()', /Expected 1 arguments/),
    wrong('a.add({})', /not assignable/),
    wrong('a.plus(b)', /'plus'/),
    wrong('a + b', /Operator '\+'/),
    wrong('a * 2', /left-hand side of an arithmetic operation/),
    right('a.add(1)'),
    right('a.rsub(1)'),
    right('a.add([[1, 2], [3, 4]])'),
  ],
  'an object of names comes last': [
    wrong('tf.reduceSum(X, { axis: 1 }, true)', /'axis' does not exist/),
    wrong('tf.matmul(a, { b }, true)', /'b' does not exist/),
    wrong('new tf.train.AdamOptimizer({ learningRate: 0.1 }, 0.5)', /not assignable/),
    wrong('adam.minimize(loss, { varList: [v] }, w)', /not assignable/),
    wrong('new tf.Variable([1], { trainable: false }, null, true)', /not assignable|Expected/),
    wrong('tf.nn.softmax(a, { axis: 1 }, "s")', /not assignable|Expected/),
    wrong("tf.assign(v, { value: [1, 2] }, true, 'a')", /'value' does not exist/),
    right('tf.reduceSum(X, 1, true, { name: "s" })'),
    right('tf.reduceSum(X, null, null, { name: "s" })'),
    right('tf.assign(v, [1, 2], { validateShape: true })'),
    right('adam.minimize(loss, null, { varList: [v] })'),
  ],
  'data are of one kind': [
    wrong("new tf.Variable([1, 'a'])", /not assignable|No overload/),
    wrong('tf.add([1, true], 2)', /not assignable|No overload/, 'tsc'),
    wrong("a.add([1, 'b'])", /not assignable|No overload/),
    right('tf.stack([1, loss])'),
    right('tf.add([[1, 2], Float32Array.of(1, 2)], 2)'),
    right("tf.fill([2], 'a')"),
  ],
  variables: [
    wrong("new tf.Variable([1], { nam: 'x' })", /'nam'/),
    wrong("tf.getVariable([2, 2], 'w')", /not assignable to parameter of type 'string/),
    wrong('v.assign()', /Expected|arguments|not assignable/),
    right("new tf.Variable([1], false, { name: 'x' })"),
    right("tf.getVariable('w1', [2, 2], { initializer: tf.zerosInitializer() })"),
    right("tf.getVariable('w2', { shape: [2, 2], dtype: tf.float64 })"),
  ],
  training: [
    wrong('adam.minimize(loss, { global_step: w })', /'global_step'/),
    wrong("adam.minimize('loss')", /not assignable/),
    wrong('new tf.train.AdamOptimizer({ learning_rate: 0.1 })', /'learning_rate'/),
    wrong('tf.gradients(loss)', /xs/),
    wrong('tf.gradients(loss, 5)', /not assignable/),
    right('tf.gradients(loss, [v, w])[0].mul(2)'),
    right('tf.gradients(loss, v)[0].mul(2)'),
    right('adam.minimize(loss, null, [v])'),
  ],
  sessions: [
    wrong('sess.run()', /Expected/),
    wrong('sess.run(a, { X: { a: 1 } })', /not assignable/, 'tsc'),
    wrong('sess.run(5)', /not assignable/),
    right('sess.run([a, { b }])'),
    right('sess.makeCallable(X, [X])([[1, 2, 3]])'),
    right('sess.makeCallable(X, { feedList: [X] })([[1, 2, 3]])'),
  ],
};
