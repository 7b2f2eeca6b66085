/**
 * What `npm test` runs stays in one process: suites that start processes or browsers, or train on whole data sets, are
 * in the projects that jest.config.js leaves to `npm run test:all`. Seen by what they import, through other files too.
 */
import * as path from 'node:path';
import { ROOT, files, show, textOf } from './files';

interface Project {
  readonly displayName: string;
  readonly testMatch?: readonly string[];
}
const { projects } = require(path.join(ROOT, 'jest.config.js')) as { readonly projects: readonly Project[] };
/** Folders and files below test/ that `npm test` leaves out. */
const APART = projects
  .filter(({ displayName }) => displayName === 'slow' || displayName === 'compiler')
  .flatMap(({ testMatch }) => testMatch!.map((pattern) => /test\/(.*)\{/.exec(pattern)![1]));
const TESTS = files(path.join(ROOT, 'test')).filter((file) => !file.includes('fixtures'));
const STARTS = /from '(?:node:)?(?:child_process|worker_threads|cluster)'|require\('(?:node:)?child_process'\)/;
const TRAINS = /from '(?:\.\.\/)+tensorflow_tutorial'/;

/** Those that do so in a line or two, and take no second for it. */
const SHORT: Readonly<Record<string, string>> = {
  'test/format/output.test.ts': 'a reader at the other end of a pipe',
  'test/fuzz/fuzz.test.ts': 'TensorFlow as the judge of six graphs, where the machine has it',
  'test/summary/file-writer.test.ts': 'a process that ends without closing its file',
};

const imports = new Map(
  TESTS.map((file) => {
    const found = [...textOf(file).matchAll(/(?:from|import|require\() ?'(\.[^']*)'/g)];
    const targets = found.map(([, to]) => path.resolve(path.dirname(file), to));
    return [file, targets.flatMap((to) => TESTS.filter((each) => each === `${to}.ts` || each === `${to}/index.ts`))];
  }),
);
/** A file, and what it imports of the tests. */
function reached(file: string, seen = new Set<string>()): Set<string> {
  if (!seen.has(file)) {
    seen.add(file);
    for (const to of imports.get(file) ?? []) reached(to, seen);
  }
  return seen;
}
const isApart = (file: string): boolean =>
  APART.some((name) => file.startsWith(`test/${name}/`) || file === `test/${name}.test.ts`);

test('no suite of the quick projects starts a process or a browser, or trains on a whole data set', () => {
  const found = TESTS.filter((file) => file.endsWith('.test.ts') && !isApart(show(file)) && !(show(file) in SHORT))
    .flatMap((file) => [...reached(file)].map((from) => [file, from]))
    .filter(([, from]) => STARTS.test(textOf(from)) || TRAINS.test(textOf(from)))
    .map(([file, from]) => (file === from ? show(file) : `${show(file)} by ${show(from)}`));
  expect(found).toEqual([]);
});
test('what jest.config.js keeps apart is there', () => {
  const suites = TESTS.map(show).filter((file) => file.endsWith('.test.ts'));
  const without = APART.filter(
    (name) => !suites.some((file) => file.startsWith(`test/${name}/`) || file === `test/${name}.test.ts`),
  );
  expect(without).toEqual([]);
});
test('what is to be run first is there', () => {
  const { longest } = require(path.join(ROOT, 'build/jest-sequencer.js')) as { readonly longest: readonly string[] };
  const suites = new Set(TESTS.map(show));
  expect(longest.filter((name) => !suites.has(`test/${name}.test.ts`))).toEqual([]);
});
