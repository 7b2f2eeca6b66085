import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inflateSync } from 'node:zlib';
import * as tf from '../../src';
import { evaluate } from '../../src/examples/report/evaluation';
import { layout } from '../../src/examples/report/layout';
import { picturesOf, weightPictures } from '../../src/examples/report/pictures';
import { viewsOf } from '../../src/examples/report/scopes';
import { Browser, findChromium, type Look } from '../chromium';

const EVIL = '</script><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">';

let dir: string;
let path: string;
let text: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'report-test-'));
  path = join(dir, 'report.html');
  tf.resetDefaultGraph();
  const X = tf.placeholder(tf.float32, [null, 28, 28, 1], { name: 'X' });
  const Y = tf.placeholder(tf.float32, [null, 10], { name: 'Y' });
  const W1 = new tf.Variable(tf.truncatedNormal([784, 16], { stddev: 0.1, seed: 1 }), { name: 'W1' });
  const W2 = new tf.Variable(tf.truncatedNormal([16, 10], { stddev: 0.1, seed: 2 }), { name: 'W2' });
  const logits = tf.nameScope('model', () => tf.matmul(tf.nn.relu(tf.matmul(tf.reshape(X, [-1, 784]), W1)), W2));
  const cost = tf.reduceMean(tf.nn.softmaxCrossEntropyWithLogits({ labels: Y, logits }));
  const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(cost);
  const probabilities = tf.nn.softmax(logits);
  const sess = new tf.Session('', { config: { device: 'portable' } });
  sess.run(tf.globalVariablesInitializer());
  const mnist = tf.examples.tutorials.mnist.inputData.readDataSets({ oneHot: true, seed: 1 });
  const history: { step: number; cost: number; accuracy?: number }[] = [];
  for (let step = 0; step < 40; step++) {
    const [images, labels] = mnist.train.nextBatch(50);
    const [, c] = sess.run(
      [trainStep, cost],
      [
        [X, images],
        [Y, labels],
      ],
    );
    history.push(step % 10 ? { step, cost: c } : { step, cost: c, accuracy: step / 50 });
  }
  history.push({ step: 40, cost: NaN });
  const images = mnist.test.images.subarray(0, 500 * 784);
  tf.examples.report({
    path,
    title: `Digits ${EVIL}`,
    session: sess,
    history,
    images,
    labels: mnist.test.labels.subarray(0, 5000),
    probabilities: sess.run(probabilities, [[X, images]]),
    classNames: ['zero', EVIL, ...'23456789'],
    hyperparameters: { 'learning rate': 0.5, [EVIL]: EVIL },
    figures: { Note: EVIL },
  });
  sess.close();
  text = readFileSync(path, 'utf8');
});

afterAll(() => rmSync(dir, { recursive: true }));

describe('the page', () => {
  test('takes away what writers left that were killed, and nothing of those that run', () => {
    const [gone, running, other] = [
      `${path}.999999999.part`,
      `${path}.${process.ppid}.part`,
      join(dir, 'other.html.999999999.part'),
    ];
    for (const file of [gone, running, other]) writeFileSync(file, '');
    tf.examples.report({
      path,
      history: [{ step: 0, cost: 1 }],
      images: new Float32Array(4),
      labels: [0],
      probabilities: [[1, 0]],
    });
    const left = readdirSync(dir).sort();
    for (const file of [running, other]) rmSync(file);
    writeFileSync(path, text);
    expect(left).toEqual([basename(other), basename(path), basename(running)].sort());
  });
  test('is one file, and nothing else is left beside it', () => {
    expect(readdirSync(dir)).toEqual(['report.html']);
    expect(text).toMatch(/^<!DOCTYPE html>\n<html lang="en">/);
  });

  test('asks nothing of the network', () => {
    const references = [...text.matchAll(/\s(?:src|href|action|poster|data)="([^"]*)"/g)].map(([, to]) => to);
    expect(references.filter((to) => !/^(data:|#)/.test(to))).toEqual([]);
    expect(text).not.toMatch(/@import|url\((?!data:)/);
    expect(text).not.toMatch(/<link (?!rel="icon" href="data:,")/);
  });

  test('escapes what it is given', () => {
    expect(text).not.toContain('<script>document.title');
    expect(text).not.toContain('<img src=x');
    expect(text.match(/<\/script>/g)).toHaveLength(text.match(/<script[ >]/g)!.length);
    expect(text).toContain('&lt;/script&gt;&lt;script&gt;document.title=&quot;owned&quot;');
  });

  test('has headings, a table behind each drawing, and a text for each picture', () => {
    const headings = [...text.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, title]) => title);
    expect(headings).toEqual([
      'Cost',
      'Accuracy',
      'Confusion matrix',
      'Worst mistakes',
      'First-layer weights',
      'The graph',
      'Hyperparameters',
    ]);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text.match(/<table/g)).toHaveLength(5);
    const pictures = text.match(/<img [^>]*>/g)!;
    expect(pictures.length).toBe(24 + 16);
    expect(pictures.filter((tag) => !/ alt="[^"]{10,}"/.test(tag))).toEqual([]);
  });

  test('its curves are the history, with a gap where the cost is not finite', () => {
    const data = [...text.matchAll(/<script type="application\/json">(.*?)<\/script>/g)].map(
      ([, json]) => JSON.parse(json) as { steps: number[]; values: (number | null)[] },
    );
    expect(data.map(({ steps }) => steps.length)).toEqual([41, 4]);
    expect(data[0].values[40]).toBeNull();
    expect(data[1]).toMatchObject({ steps: [0, 10, 20, 30], values: [0, 0.2, 0.4, 0.6] });
    expect(text).toContain('1 values are not finite');
  });

  test('a page that cannot be written leaves nothing behind', () => {
    const answers = { labels: [0, 1], predictions: [0, 1], images: new Float32Array(8), history: [] };
    expect(() => tf.examples.report({ path: dir, ...answers })).toThrow(/EISDIR|EPERM|ENOTEMPTY|EEXIST/);
    expect(readdirSync(join(dir, '..')).filter((name) => name.startsWith(`${dir.split('/').at(-1)}.`))).toEqual([]);
  });

  test('does with the least: predictions, no session, no steps', () => {
    const least = join(dir, 'least.html');
    tf.examples.report({
      path: least,
      history: [],
      images: new Uint8Array(3 * 4),
      labels: [0, 1, 2],
      predictions: [0, 1, 2],
    });
    expect(readFileSync(least, 'utf8')).toContain('None: all 3 pictures are right.');
    rmSync(least);
  });
});

describe('evaluation', () => {
  test('mistakes come worst first', () => {
    const { confusion, correct, mistakes } = evaluate({
      labels: [0, 1, 1, 0],
      probabilities: [
        [0.9, 0.1],
        [0.6, 0.4],
        [0.8, 0.2],
        [0.3, 0.7],
      ],
    });
    expect(confusion).toEqual([
      [1, 1],
      [2, 0],
    ]);
    expect(correct).toBe(1);
    expect(mistakes.map(({ index }) => index)).toEqual([2, 3, 1]);
  });

  test('one-hot rows are classes too, and so are int64 predictions', () => {
    const { confusion } = evaluate({
      labels: Float32Array.of(0, 1, 0, 0, 0, 1),
      predictions: BigInt64Array.of(1n, 0n),
    });
    expect(confusion).toEqual([
      [0, 0, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
  });

  test.each([
    [{ labels: [0] }, 'report: give predictions (one class per picture) or probabilities (one row per picture).'],
    [
      { labels: [0, 1, 2], predictions: [0, 1] },
      'report: labels must be 2 classes or 2 one-hot rows, as many as predictions; found 3 values.',
    ],
    [{ labels: [0.5], predictions: [0] }, 'report: labels must be classes, whole numbers from 0 on; found 0.5.'],
    [
      { labels: [0], probabilities: [0.5, 0.5] },
      'report: probabilities must have the shape [pictures, classes], found [2].',
    ],
  ])('%j cannot be evaluated', (answers, message) => {
    expect(() => evaluate(answers)).toThrow(message);
  });
});

describe('pictures', () => {
  const pixelsOf = (uri: string) => {
    const file = Buffer.from(uri.split(',')[1], 'base64');
    const at = file.indexOf('IDAT');
    return [...inflateSync(file.subarray(at + 4, at + 4 + file.readUInt32BE(at - 4)))];
  };

  test('a picture is its pixels, each row behind its filter byte', () => {
    expect(pixelsOf(picturesOf(Float32Array.of(0, 1, 0.2, 0), 1).uri(0))).toEqual([0, 0, 255, 0, 51, 0]);
    expect(pixelsOf(picturesOf(Uint8Array.of(0, 255, 51, 0), 1).uri(0))).toEqual([0, 0, 255, 0, 51, 0]);
  });

  test('a weight is blue or orange, and clear at zero', () => {
    const { pictures } = weightPictures(
      [
        [0, 0.5],
        [1, 0],
        [-1, 0],
        [0.5, 0],
      ],
      [2, 2],
    )!;
    expect(pictures.map(({ unit }) => unit)).toEqual([0, 1]);
    const [, , , , clear, , , , blue] = pixelsOf(pictures[0].uri);
    expect([clear, blue]).toEqual([0, 255]);
    expect(
      weightPictures(
        [
          [1, 2],
          [3, 4],
        ],
        [28, 28],
      ),
    ).toBeNull();
  });

  test('pictures of another number or shape say so', () => {
    expect(() => picturesOf([1, 2, 3], 2)).toThrow(
      'report: images must be 2, as many as predictions; found 3 values, of shape [3].',
    );
    expect(() => picturesOf([1, 2, 3, 4], 1, [3, 3])).toThrow(
      'report: 4 values per picture are not 3 by 3 pixels of 1 or 3 channels.',
    );
  });
});

describe('the graph', () => {
  test('a scope is one box until it is opened, and shows its neighbours then', () => {
    const graph = new tf.Graph();
    graph.asDefault(() => {
      const x = tf.placeholder(tf.float32, [], { name: 'x' });
      const y = tf.nameScope('a', () => tf.nameScope('b', () => tf.square(x, { name: 'deep' })));
      tf.nameScope('c', () => tf.negative(y, { name: 'end' }));
    });
    const [root, a, ab, c] = viewsOf(graph);
    const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
    expect([names(root.inside), names(root.outside)]).toEqual([['a', 'c', 'x'], []]);
    expect(root.edges.map(({ from, to }) => `${from.name} ${to.name}`)).toEqual(['x a', 'a c']);
    expect([a.scope.path, ab.scope.path, c.scope.path]).toEqual(['a', 'a/b', 'c']);
    expect([names(ab.inside), names(ab.outside)]).toEqual([['a/b/deep'], ['x', 'c']]);
    expect([names(c.inside), names(c.outside)]).toEqual([['c/end'], ['a']]);
  });

  test('boxes do not overlap, and edges go down, also around a cycle', () => {
    const boxes = Array.from({ length: 9 }, () => ({ width: 60, height: 30 }));
    const { x, y, ways } = layout(boxes, [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 3],
      [3, 4],
      [0, 4],
      [4, 1],
      [5, 3],
      [6, 4],
      [7, 4],
    ]);
    for (let i = 0; i < 9; i++)
      for (let k = 0; k < i; k++) expect(Math.abs(x[i] - x[k]) >= 60 || Math.abs(y[i] - y[k]) >= 30).toBe(true);
    for (const [from, to] of [
      [0, 1],
      [1, 3],
      [3, 4],
      [5, 3],
    ])
      expect(y[from]).toBeLessThan(y[to]);
    expect(ways[5].length).toBeGreaterThan(2);
  });
});

const chromium = findChromium();
if (!chromium) console.warn('No Chromium: the report is not opened. Install one, or name it in the variable CHROMIUM.');

(chromium ? describe : describe.skip)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await Browser.start(chromium!);
  });
  afterAll(() => browser?.close());

  const LOOKS: readonly (Look & { name: string })[] = [
    { name: 'light', width: 1200, height: 900, scheme: 'light' },
    { name: 'dark', width: 1200, height: 900, scheme: 'dark' },
    { name: 'phone', width: 390, height: 844, scheme: 'light' },
    { name: 'narrow', width: 320, height: 640, scheme: 'dark' },
  ];
  test.each(LOOKS)('$name: it draws, without a complaint and without scrolling sideways', async (look) => {
    await browser.open(path, look);
    expect(await browser.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(look.width);
    expect(await browser.evaluate('innerWidth')).toBe(look.width);
    expect(await browser.evaluate('document.title')).toBe(`Digits ${EVIL}`);
    // Both curves have ink, within the page.
    const ink = await browser.evaluate<number[]>(`[...document.querySelectorAll('.chart canvas')].map((canvas) =>
      canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.filter((v,\
 i) => i % 4 === 3 && v > 0).length)`);
    expect(ink).toHaveLength(2);
    for (const pixels of ink) expect(pixels).toBeGreaterThan(500);
    const shades = await browser.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    expect(Number(/\d+/.exec(shades)![0]) > 128).toBe(look.scheme === 'light');
    const shot = await browser.screenshot();
    if (process.env.REPORT_SHOTS) writeFileSync(join(process.env.REPORT_SHOTS, `${look.name}.png`), shot);
    expect(shot.length).toBeGreaterThan(10_000);
    expect(browser.complaints).toEqual([]);
  });

  test('a click opens a scope, the path leads back, and the buttons zoom', async () => {
    await browser.open(path, LOOKS[0]);
    const opened = () =>
      browser.evaluate<string[]>(
        "[...document.querySelectorAll('.view.open')].map((view) => view.getAttribute('aria-label'))",
      );
    expect(await opened()).toEqual(['the whole graph']);
    await browser.evaluate(
      'document.querySelector(\'.view.open a.node[aria-label^="gradients,"]\').dispatchEvent(new ' +
        "MouseEvent('click', { bubbles: true, cancelable: true }))",
    );
    expect(await opened()).toEqual(['gradients']);
    const width = () =>
      browser.evaluate<number>("document.querySelector('.view.open svg').getBoundingClientRect().width");
    const before = await width();
    await browser.evaluate('document.querySelector(\'[data-zoom="1.25"]\').click()');
    expect(await width()).toBeCloseTo(1.25 * before, 0);
    await browser.evaluate("document.querySelector('.view.open .path a').click()");
    expect(await opened()).toEqual(['the whole graph']);
    await browser.evaluate('history.back()');
    await browser.evaluate('new Promise((done) => setTimeout(done, 100))');
    expect(await opened()).toEqual(['gradients']);
    expect(browser.complaints).toEqual([]);
  });

  test('a screen reader is told of every section, curve and box', async () => {
    await browser.open(path, LOOKS[0]);
    const told = await browser.accessible();
    const names = (role: string) => told.filter((node) => node.role === role).map(({ name }) => name);
    expect(names('heading')).toHaveLength(8);
    expect(names('image').filter((name) => name.startsWith('Curve. '))).toHaveLength(2);
    expect(names('image').filter((name) => name === '')).toEqual([]);
    expect(names('link')).toContain('W1, a scope of 3 nodes');
  });
});
