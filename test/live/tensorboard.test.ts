/** TensorBoard shows what our event files and a checkpoint hold: its server is asked, as its pages do. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '../../src';
import { devices, open } from '../devices';
import { type Python, besideEach, pythons } from '../pythons';

const PYTHONS = pythons().filter(({ path }) => spawnSync(path, ['-c', 'import tensorboard']).status === 0);
const STEPS = 5;
/** A run `train` with summaries of every kind, and vectors for the projector; gives what costs and weights were. */
function write(folder: string): { costs: number[]; weights: number[][] } {
  tf.resetDefaultGraph();
  const where = join(folder, 'train');
  const w = tf.getVariable('w', {
    initializer: tf.constant([
      [0.5, 1],
      [-0.25, 2],
      [0.125, 3],
    ]),
  });
  const cost = tf.reduceSum(tf.square(w), { name: 'cost_of' });
  const train = new tf.train.GradientDescentOptimizer(0.1).minimize(cost);
  tf.summary.scalar('cost', cost);
  tf.summary.histogram('weights', w);
  tf.summary.image('picture', tf.reshape(tf.range(12, { dtype: tf.float32 }), [1, 2, 2, 3]));
  tf.summary.audio('sound', tf.reshape(tf.linspace(-1, 1, 20), [1, 20, 1]), 100);
  tf.summary.text('words', tf.constant(['*one*', 'two']));
  const merged = tf.summary.mergeAll()!;
  const sess = open(tf.getDefaultGraph(), devices()[0]);
  sess.run(tf.globalVariablesInitializer());
  const writer = new tf.summary.FileWriter(where, sess.graph);
  const costs: number[] = [];
  for (let i = 0; i < STEPS; i++) {
    const runMetadata = new tf.RunMetadata();
    const options = new tf.RunOptions({ traceLevel: tf.RunOptions.FULL_TRACE });
    const [summary, before] = sess.run([merged, cost, train], {}, { options, runMetadata });
    writer.addSummary(summary, i);
    writer.addRunMetadata(runMetadata, `step ${i}`, i);
    costs.push(before);
  }
  const { projector } = tf.contrib.tensorboard.plugins;
  const config = new projector.ProjectorConfig();
  Object.assign(config.embeddings.add(), { tensorName: w.name, metadataPath: 'labels.tsv' });
  projector.visualizeEmbeddings(writer, config);
  writeFileSync(join(where, 'labels.tsv'), 'a\nb\nc\n');
  new tf.train.Saver().save(sess, join(where, 'model'), STEPS);
  writer.close();
  return { costs, weights: (sess.run(w) as tf.NDArray).toArray() as number[][] };
}

/** TensorBoard on a folder; `ask` gives what it answers. */
class Board {
  private readonly process: ChildProcess;
  private readonly address: Promise<string>;
  constructor({ path }: Python, folder: string) {
    const args = ['-m', 'tensorboard.main', '--logdir', folder, '--host', '127.0.0.1', '--port', '0'];
    this.process = spawn(path, args, { env: { ...process.env, CUDA_VISIBLE_DEVICES: '-1' } });
    let said = '';
    this.address = new Promise((resolve, reject) => {
      for (const stream of [this.process.stdout!, this.process.stderr!])
        stream.setEncoding('utf8').on('data', (text: string) => {
          said += text;
          const found = /TensorBoard \S+ at (http:\S+)/.exec(said);
          if (found) resolve(found[1]);
        });
      this.process.once('exit', () => reject(new Error(said)));
    });
  }
  async ask(what: string, query: Readonly<Record<string, string>> = {}): Promise<Response> {
    const answer = await fetch(`${await this.address}data/${what}?${new URLSearchParams(query)}`);
    if (!answer.ok) throw new Error(`${what}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
  async json<T>(what: string, query?: Readonly<Record<string, string>>): Promise<T> {
    return (await (await this.ask(what, query)).json()) as T;
  }
  /** Files are read behind the first answers. */
  async loaded(): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      const { train } = await this.json<{ train?: object }>('plugin/text/tags');
      if (train && Object.keys(train).length) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('TensorBoard sees no run');
  }
  close(): void {
    this.process.removeAllListeners('exit').kill('SIGKILL');
  }
}

besideEach("TensorBoard of TensorFlow $version's Python", shows, PYTHONS);
function shows(python: Python): void {
  const folder = mkdtempSync(join(tmpdir(), 'tensorboard-'));
  let written: ReturnType<typeof write>;
  let board: Board;
  const run = 'train';
  beforeAll(async () => {
    written = write(folder);
    board = new Board(python, folder);
    await board.loaded();
  }, 120_000);
  afterAll(() => {
    board.close();
    rmSync(folder, { recursive: true });
  });
  test('scalars', async () => {
    const points = await board.json<[time: number, step: number, value: number][]>('plugin/scalars/scalars', {
      tag: 'cost',
      run,
    });
    expect(points.map(([, step]) => step)).toEqual([0, 1, 2, 3, 4]);
    points.forEach(([, , value], i) => expect(value).toBeCloseTo(written.costs[i], 5));
  });
  test('histograms and distributions', async () => {
    type Steps = [time: number, step: number, parts: [number, number, number?][]][];
    const histograms = await board.json<Steps>('plugin/histograms/histograms', { tag: 'weights', run });
    const counts = histograms.map(([, , buckets]) => buckets.reduce((sum, [, , count]) => sum + count!, 0));
    expect(counts).toEqual([6, 6, 6, 6, 6]);
    const shown = await board.json<Steps>('plugin/distributions/distributions', { tag: 'weights', run });
    const [first, last] = [shown[0][2][0], shown[0][2].at(-1)!];
    expect([first[0], last[0]]).toEqual([0, 10000]);
    // Which end of the range of the first step's weights the lowest and highest buckets touch.
    expect(first[1]).toBeGreaterThanOrEqual(-0.25);
    expect(last[1]).toBeLessThanOrEqual(3.3);
  });
  test('pictures, sounds and texts', async () => {
    const image = await board.json<{ step: number; query: string }[]>('plugin/images/images', {
      tag: 'picture/image/0',
      run,
      sample: '0',
    });
    expect(image.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    const query = Object.fromEntries(new URLSearchParams(image[0].query));
    const png = Buffer.from(await (await board.ask('plugin/images/individualImage', query)).arrayBuffer());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    const audio = await board.json<Record<string, object>>('plugin/audio/tags');
    expect(Object.keys(audio[run])).toEqual(['sound/audio/0']);
    const texts = await board.json<{ text: string }[]>('plugin/text/text', { tag: 'words', run });
    expect(texts[0].text).toContain('<em>one</em>');
  });
  test('the graph, and what a run took', async () => {
    const graph = await (await board.ask('plugin/graphs/graph', { run })).text();
    for (const name of ['w', 'cost_of', 'GradientDescent']) expect(graph).toContain(`name: "${name}"`);
    const took = await (await board.ask('plugin/graphs/run_metadata', { run, tag: 'step 2' })).text();
    expect(took).toMatch(/node_stats {\s+node_name: "w"/);
  });
  test('the projector, of the checkpoint', async () => {
    const { embeddings } = await board.json<{ embeddings: object[] }>('plugin/projector/info', { run });
    expect(embeddings).toEqual([{ tensorName: 'w', metadataPath: 'labels.tsv', tensorShape: [3, 2] }]);
    expect(await (await board.ask('plugin/projector/metadata', { run, name: 'w' })).text()).toBe('a\nb\nc\n');
    const points = await (await board.ask('plugin/projector/tensor', { run, name: 'w' })).arrayBuffer();
    expect([...new Float32Array(points)]).toEqual([...Float32Array.from(written.weights.flat())]);
  });
}
