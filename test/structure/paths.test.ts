/** The pages that say where things are name files and folders that are there. */
import { existsSync, readdirSync } from 'node:fs';
import * as path from 'node:path';
import { ROOT, textOf } from './files';

/** Where a path begins that does not begin at the root: a page says of which part of the house it speaks. */
const FROM = ['', 'src', 'test', 'test/fixtures', 'src/kernels', 'src/calls', 'src/surface'];
const SKIPPED = new Set(['node_modules', '.git', 'dist', 'api', 'native', 'coverage']);
/** The names of all files, wherever they are. */
const NAMES = new Set(
  readdirSync(ROOT, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? (readdirSync(path.join(ROOT, entry.name), { recursive: true }) as string[]).map((file) => path.basename(file))
        : [entry.name],
    ),
);

function isThere(named: string): boolean {
  // A stem that the reader fills in, and a name with a star in it: the folder is there.
  const fixed = /[<*…]/.test(named) ? path.dirname(`${named.split(/[<*…]/)[0]}x`) : named;
  if (!fixed.includes('/')) return NAMES.has(fixed) || FROM.some((from) => existsSync(path.join(ROOT, from, fixed)));
  return FROM.some((from) => existsSync(path.join(ROOT, from, fixed)));
}
/** What is written as code and looks like a path. */
function pathsIn(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '');
  const words = [...prose.matchAll(/`([^`\s]+)`/g)].map(([, word]) => word);
  return words.filter(
    (word) =>
      /^[\w.@-]+(\/[\w.<>*-]+)*\/?$/.test(word) &&
      (/\.(ts|mts|py|md|json|jsonc)$/.test(word) || /^(src|test|cli|docs|bench|examples|exercise)\//.test(word)),
  );
}

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s names files that are there', (page) => {
  const named = pathsIn(textOf(path.join(ROOT, page)));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((each) => !isThere(each))).toEqual([]);
});
test('no page holds the marks of a merge', () => {
  const pages = ['', 'docs', 'exercise', 'reference'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder)).flatMap((name) => (name.endsWith('.md') ? [path.join(folder, name)] : [])),
  );
  expect(pages.length).toBeGreaterThan(10);
  expect(pages.filter((page) => /^(<{7}|>{7}) /m.test(textOf(path.join(ROOT, page))))).toEqual([]);
});
