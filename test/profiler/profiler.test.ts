/** `tf.profiler` says of a graph what TensorFlow 1.15's does, to the letter. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { TemporaryFolder } from '../temporary-folder';

const FIXTURE = join(__dirname, '../fixtures/profiler.json');
interface Recorded {
  readonly model: 'dense' | 'conv' | 'open_sizes';
  readonly cmd: tf.profiler.ProfileView;
  readonly options: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly message: object;
}
const RECORDED = JSON.parse(readFileSync(FIXTURE, 'utf8')) as readonly Recorded[];
const folder = new TemporaryFolder('profiler-');

const MODELS: Readonly<Record<Recorded['model'], () => void>> = {
  dense() {
    const x = tf.placeholder(tf.float32, [100, 784], { name: 'x' });
    const y = tf.placeholder(tf.float32, [100, 10], { name: 'y' });
    const hidden = tf.variableScope('layer1', () =>
      tf.nn.relu(tf.matmul(x, tf.getVariable('w', [784, 100])).add(tf.getVariable('b', [100]))),
    );
    const logits = tf.variableScope('layer2', () =>
      tf.matmul(hidden, tf.getVariable('w', [100, 10])).add(tf.getVariable('b', [10])),
    );
    const loss = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogitsV2({ labels: y, logits }));
    new tf.train.GradientDescentOptimizer(0.1).minimize(loss);
  },
  conv() {
    const x = tf.placeholder(tf.float32, [2, 8, 8, 3], { name: 'x' });
    const kernel = tf.getVariable('kernel', [3, 3, 3, 4]);
    let h: tf.Tensor = tf.nn.biasAdd(tf.nn.conv2d(x, kernel, [1, 2, 2, 1], 'SAME'), tf.getVariable('bias', [4]));
    const [mean, variance] = tf.nn.moments(h, [0, 1, 2]);
    h = tf.nn.batchNormalization(h, mean, variance, tf.getVariable('beta', [4]), null, 1e-3);
    h = tf.nn.maxPool(tf.nn.relu(h), [1, 2, 2, 1], [1, 1, 1, 1], 'VALID');
    h = tf.nn.avgPool(h, [1, 2, 2, 1], [1, 1, 1, 1], 'SAME');
    h = tf.nn.depthwiseConv2d(h, tf.getVariable('deep', [2, 2, 4, 1]), [1, 1, 1, 1], 'SAME');
    const flat = tf.reshape(h, [2, 36]);
    const [first, second] = tf.split(flat, 2, 1);
    const logits = tf.matmul(first, tf.getVariable('out', [18, 5])).add(tf.reduceSum(second));
    const best = tf.argmax(tf.nn.softmax(logits), 1);
    const rest = tf.addN([tf.reduceMax(h), tf.log(3), tf.rsqrt(2)]);
    const cost = tf.nn.l2Loss(logits).add(tf.nn.l2Loss(kernel)).add(rest);
    tf.equal(best, tf.constant([1, 2], tf.int64));
    new tf.train.MomentumOptimizer(0.1, 0.9).minimize(cost);
  },
  open_sizes() {
    const x = tf.placeholder(tf.float32, [null, 4], { name: 'x' });
    const w = tf.getVariable('w', [4, 2], { trainable: false });
    const step = tf.getVariable('step', [], { trainable: true });
    tf.multiply(tf.matmul(x, w), step, { name: 'scaled' });
  },
};
const camel = (key: string): string => key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const camelKeys = (options: object): tf.profiler.ProfileOptions =>
  Object.fromEntries(Object.entries(options).map(([key, value]) => [camel(key), value]));
function inGraph(model: Recorded['model']): tf.Graph {
  const graph = new tf.Graph();
  graph.asDefault(MODELS[model]);
  return graph;
}
/** A message as Python's json_format writes it: without what is nothing, and 64-bit integers as texts. */
function inJson(value: unknown, key = ''): unknown {
  if (Array.isArray(value) && value.length && value[0] !== null && typeof value[0] === 'object' && 'key' in value[0])
    return Object.fromEntries(
      (value as { key: number; value: unknown }[]).map((entry) => [String(entry.key), inJson(entry.value)]),
    );
  if (Array.isArray(value)) return value.map((each) => inJson(each));
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([name, each]) =>
      name !== 'unknown' && each !== 0 && each !== '' && each !== false && !(Array.isArray(each) && !each.length),
  );
  return Object.fromEntries(entries.map(([name, each]) => [name, inJson(each, key)]));
}

/** Lines of equal amounts in the order of their names: TensorFlow sorts so that these come in any. */
function inOrder(text: string): string[] {
  const amounts = (line: string): string => line.replace(/^(\s*)\S+\s*/, '$1');
  const groups: string[][] = [];
  for (const line of text.split('\n')) {
    const last = groups.at(-1);
    if (last && amounts(last[0]) === amounts(line)) last.push(line);
    else groups.push([line]);
  }
  return groups.flatMap((group) => group.sort());
}
test.each(RECORDED.map((recorded, i) => [`${i}: ${recorded.model}, ${recorded.cmd}`, recorded] as const))(
  '%s',
  (_, { model, cmd, options, text, message }) => {
    const file = folder.at('profile.txt');
    const given = { ...camelKeys(options), output: `file:outfile=${file}` };
    const said = tf.profiler.profile(inGraph(model), { cmd, options: given });
    expect(inOrder(readFileSync(file, 'utf8'))).toEqual(inOrder(text));
    const { children, ...root } = inJson({ ...said }) as { children?: unknown };
    expect('children' in message ? { children, ...root } : root).toEqual(message);
  },
);

const quiet = (): tf.profiler.ProfileOptionBuilder => new tf.profiler.ProfileOptionBuilder().withEmptyOutput();
const { ProfileOptionBuilder } = tf.profiler;
function traced(sess: tf.Session, fetch: tf.Tensor): tf.RunMetadata {
  const runMetadata = new tf.RunMetadata();
  sess.run(fetch, {}, { options: new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE }), runMetadata });
  return runMetadata;
}
describe('runs', () => {
  const product = (): tf.Tensor => tf.matmul(tf.randomNormal([20, 30]), tf.ones([30, 4]), { name: 'product' });
  test('times and bytes of a traced run, by types, scopes and lines of the program', () => {
    using sess = new tf.Session('', { config: { device: 'portable', advice: false } });
    const runMeta = traced(sess, product());
    const options = new ProfileOptionBuilder(ProfileOptionBuilder.timeAndMemory()).withEmptyOutput().build();
    const byType = tf.profiler.profile(sess.graph, { runMeta, cmd: 'op', options });
    const found = JSON.stringify(byType);
    expect(found).toContain('"name":"MatMul"');
    const scopes = tf.profiler.profile(sess.graph, { runMeta, options });
    const node = scopes.children.find(({ name }) => name === 'product');
    expect(node).toMatchObject({ runCount: 1, requestedBytes: 320, outputBytes: 320 });
    expect(node?.devices).toEqual(['/job:localhost/replica:0/task:0/device:cpu:0']);
    expect(scopes.totalExecMicros).toBe(byType.totalExecMicros);
    const lines = tf.profiler.profile(sess.graph, { runMeta, cmd: 'code', options });
    expect(lines.children.map(({ name }) => name.replace(/:\d+:.*$/, ''))).toContain('profiler.test.ts');
    expect(lines.totalExecMicros).toBe(byType.totalExecMicros);
  });
  test('sizes that only a run knows complete what is counted', () => {
    using sess = new tf.Session('', { config: { device: 'portable', advice: false } });
    const x = tf.placeholderWithDefault(tf.ones([6, 5]), [null, 5]);
    const runMeta = traced(sess, tf.matmul(x, tf.ones([5, 3])));
    const options = new ProfileOptionBuilder(ProfileOptionBuilder.floatOperation()).withEmptyOutput().build();
    expect(tf.profiler.profile(sess.graph, { runMeta, options }).totalFloatOps).toBe(6 * 5 * 3 * 2);
    expect(tf.profiler.profile(sess.graph, { options }).totalFloatOps).toBe(0);
  });
  test('steps of a profiler one by one, and their average', () => {
    using sess = new tf.Session('', { config: { device: 'portable', advice: false } });
    const y = product();
    const profiler = new tf.profiler.Profiler(sess.graph);
    for (const step of [3, 7]) profiler.addStep(step, traced(sess, y));
    const total = (step: number): number =>
      profiler.profileNameScope(quiet().withStep(step).build()).children.find(({ name }) => name === 'product')
        ?.execMicros ?? 0;
    expect(total(-1)).toBe(Math.trunc((total(3) + total(7)) / 2));
    expect(() => profiler.profileGraph(quiet().withStep(4).build())).toThrow('Options -step=4 not found.');
    expect(profiler.profilePython(quiet().build()).totalExecMicros).toBeGreaterThan(0);
    expect(profiler.profileOperations(quiet().build()).children).toHaveLength(1);
  });
  test('a timeline goes into a file for each step', () => {
    using sess = new tf.Session('', { config: { device: 'portable', advice: false } });
    const runMeta = traced(sess, product());
    const outfile = folder.at('line');
    const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    tf.profiler.profile(sess.graph, { runMeta, options: quiet().withTimelineOutput(outfile).build() });
    said.mockRestore();
    expect(JSON.parse(readFileSync(`${outfile}_0`, 'utf8'))).toHaveProperty('traceEvents');
  });
  test('advice names what takes most', () => {
    using sess = new tf.Session('', { config: { device: 'portable', advice: false } });
    const runMeta = traced(sess, product());
    const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const { checkers } = tf.profiler.advise(sess.graph, runMeta);
    const printed = said.mock.calls.map(([text]) => String(text)).join('');
    said.mockRestore();
    expect([...checkers.keys()].sort()).toEqual([
      'AcceleratorUtilizationChecker',
      'ExpensiveOperationChecker',
      'OperationChecker',
    ]);
    expect(checkers.get('ExpensiveOperationChecker')?.reports[0]).toMatch(
      /^top 1 operation type: \w+, cpu: [\d.]+[mu]s, /,
    );
    expect(printed).toContain('\nExpensiveOperationChecker:\ntop 1 operation type: ');
  });
});
test('what is printed has the options above it', () => {
  const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  tf.profiler.profile(inGraph('open_sizes'));
  const printed = said.mock.calls.map(([text]) => String(text)).join('');
  said.mockRestore();
  expect(printed).toMatch(/^\n=+Options=+\n-max_depth {18}10000\n-min_bytes {18}0\n/);
  expect(printed).toContain('-output                     stdout:\n\n==================Model Analysis Report======');
  expect(printed).toContain('_TFProfRoot (--/1 params)\n  step (1, 1/1 params)\n');
});
test('words of one’s own choose nodes, and a log goes into a file that TensorFlow reads', () => {
  const graph = inGraph('dense');
  const opLog = new tf.profiler.OpLogProto({
    logEntries: [{ name: 'layer1/MatMul', types: ['mine'], floatOps: 7 }],
  });
  const options = quiet().withAccountedTypes(['mine']).build();
  expect(tf.profiler.profile(graph, { opLog, options }).totalFloatOps).toBe(7);
  tf.profiler.writeOpLog(graph, folder.path, { opLog });
  const log = tf.profiler.OpLogProto.fromString(readFileSync(folder.at('tfprof_log')));
  const entry = log.logEntries.find(({ name }) => name === 'layer1/MatMul');
  expect(entry).toMatchObject({ types: ['mine'], floatOps: 7 });
  expect(log.idToString.map(({ value }) => value)).toContain(__filename);
});
test.each([
  ['view', () => tf.profiler.profile(null, { cmd: 'all' as never }), 'unknown cmd: all'],
  ['option', () => tf.profiler.profile(null, { options: { maxdepth: 1 } as never }), 'fix: maxDepth'],
  [
    'output',
    () => tf.profiler.profile(null, { options: { output: 'paper' } }),
    'Unknown output type: paper, Valid types',
  ],
  [
    'file',
    () => tf.profiler.profile(null, { options: { output: 'file' } }),
    'Missing required output_options for file',
  ],
  [
    'order',
    () => tf.profiler.profile(null, { options: { orderBy: 'age' } }),
    "Invalid option '-order_by' value: 'age'",
  ],
  ['selection', () => tf.profiler.profile(null, { options: { select: ['age'] } }), "'-select' value: 'age'"],
  ['option of a profiler', () => new tf.profiler.Profiler().profileGraph({ bogus: 1 } as never), 'no "bogus" field'],
  ['checker', () => tf.profiler.advise(null, { options: { All: {} } as never }), 'no "All" field'],
  ['patterns', () => quiet().withAccountedTypes('a' as never), 'expected one of: object'],
])('an unknown %s is refused', (_, call, said) => {
  expect(call).toThrow(said);
});
