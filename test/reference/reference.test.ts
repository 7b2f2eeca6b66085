/** `npm run docs`: no warnings, and pages that open without network, on a desk and on a phone. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser, findChromium } from '../chromium';
import { ROOT } from '../structure/files';

const folder = mkdtempSync(join(tmpdir(), 'reference-test-'));
const chromium = findChromium();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every name has a text, and every link leads somewhere', () => {
  const node = join(ROOT, 'node_modules', '.bin', 'ts-node');
  // It fails on a warning.
  execFileSync(node, ['-T', join(ROOT, 'reference', 'main.ts'), folder], { cwd: ROOT, stdio: 'pipe' });
});
test('the first page has a line for each module', () => {
  const start = readFileSync(join(ROOT, 'reference', 'start.md'), 'utf8');
  const modules = readdirSync(join(folder, 'modules')).map((file) => file.replace(/\.html$/, ''));
  expect(modules.length).toBeGreaterThan(8);
  expect(modules.filter((name) => !name.includes('.') && !start.includes(`{@link ${name} |`))).toEqual([]);
});
const PAGES = ['index', 'modules', 'modules/nn', 'functions/nn.conv2d', 'classes/Session', 'classes/Variable'];
(chromium ? test : test.skip)('pages fit, ask no network, and search finds both spellings', async () => {
  const browser = await Browser.start(chromium!);
  try {
    for (const page of PAGES) {
      for (const width of [1280, 390]) {
        await browser.open(join(folder, `${page}.html`), { width, height: 900, scheme: 'light' });
        expect(await browser.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        expect(browser.complaints.filter((text) => text.startsWith('request for'))).toEqual([]);
        expect(await browser.evaluate<string>('document.querySelector(".col-content").innerText')).toMatch(/\w{4}/);
      }
    }
    for (const words of ['tf.reduceSum', 'reduce_sum']) {
      await browser.open(join(folder, 'index.html'), { width: 1280, height: 900, scheme: 'light' });
      const found = await browser.evaluate<string>(`(async () => {
        document.querySelector('#tsd-search-trigger').click();
        const input = document.querySelector('#tsd-search-input');
        for (let i = 0; i < 20; i++) {
          input.value = ${JSON.stringify(words)};
          input.dispatchEvent(new Event('input', { bubbles: true }));
          await new Promise((done) => setTimeout(done, 600));
          const text = document.querySelector('#tsd-search-results').innerText;
          if (text.includes('reduceSum')) return text;
        }
        return document.querySelector('#tsd-search-results').innerText;
      })()`);
      expect(found).toContain('reduceSum');
    }
  } finally {
    await browser.close();
  }
});
