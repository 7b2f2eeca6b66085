import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as tf from '../../src';
import { Browser, findChromium, type Look } from '../chromium';
import { EVIL, reportTraining } from './trained-report';

let dir: string;
let path: string;
let text: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'report-test-'));
  path = join(dir, 'report.html');
  reportTraining(path);
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
    expect(() => tf.examples.report({ path: dir, ...answers })).toThrow('it is a directory. Name a file');
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

const chromium = findChromium();

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
