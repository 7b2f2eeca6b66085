/** The page on a phone: the matrix of ten classes is seen whole, and the cards say what they are of. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '../../src';
import { Browser, findChromium } from '../chromium';

const chromium = findChromium();
const TOO_WIDE = `[...document.querySelectorAll('.scroll:has(.confusion), .confusion td')]
  .filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.outerHTML.slice(0, 80))`;
const CARDS = "[...document.querySelectorAll('.tiles div')].map((card) => card.innerText)";
const dir = mkdtempSync(join(tmpdir(), 'report-phone-'));
afterAll(() => rmSync(dir, { recursive: true }));
const CLOTHES = 'T-shirt,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot'.split(',');

(chromium ? describe : describe.skip)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await Browser.start(chromium!);
  });
  afterAll(() => browser?.close());

  test.each([0, 1])('on a phone of 360 pixels the matrix is seen whole, with ten classes of %i', async (named) => {
    const narrow = join(dir, 'narrow.html');
    const labels = Array.from({ length: 60_000 }, (_, i) => i % 10);
    tf.examples.report({
      path: narrow,
      history: [{ step: 1999, cost: 0.06, accuracy: 0.5 }],
      images: new Uint8Array(60_000),
      labels,
      predictions: labels,
      classNames: named ? CLOTHES : undefined,
      set: 'test set',
      costOf: 'mean of 5 batches',
      accuracyOf: '100 pictures',
      figures: { 'Train accuracy': { value: '99.2 %', of: 'training set, after 2,000 steps' } },
    });
    await browser.open(narrow, { width: 360, height: 800, scheme: 'light' });
    expect(await browser.evaluate(TOO_WIDE)).toEqual([]);
    const cards = await browser.evaluate<string[]>(CARDS);
    const text = readFileSync(narrow, 'utf8');
    expect(text).toContain('<figcaption>Cost, mean of 5 batches: from 0.06 at step 1,999 to 0.06 at step 1,999.');
    expect(text).toContain('<figcaption>Accuracy, 100 pictures: from 50.00 % at step 1,999');
    expect(text).toContain('<p class="muted">test set, after 2,000 steps</p>');
    expect(cards.map((card) => card.replace(/\n+/g, ' | '))).toEqual([
      'Accuracy | 100.00 % | test set, after 2,000 steps',
      'Mistakes | 0 | of 60,000; test set, after 2,000 steps',
      'Last cost | 0.06 | mean of 5 batches, step 1,999',
      'Steps | 2,000',
      'Train accuracy | 99.2 % | training set, after 2,000 steps',
    ]);
    if (process.env.REPORT_SHOTS)
      writeFileSync(join(process.env.REPORT_SHOTS, `narrow${named}.png`), await browser.screenshot());
    rmSync(narrow);
  });
});
