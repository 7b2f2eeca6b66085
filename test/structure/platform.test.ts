/** What is Node's stands in one file, so that graphs and sessions can be had where Node is not. */
import * as path from 'node:path';
import { ROOT, files, show, textOf } from './files';

/** Files and programs are what these are about: readers of formats, the examples' pages and data. */
const ABOUT_FILES = ['src/base/platform', 'src/format/', 'src/examples/', 'src/distributed/', 'src/program/'];
const NODES = [
  /['"]node:\w+/,
  /(?<![.\w$'])process\s*[.[]/,
  /\b__(?:dirname|filename)\b/,
  /\bBuffer\s*[.(]/,
  /\bsetImmediate\b/,
  /\bperformance\s*\./,
  // Code from strings, which pages may refuse.
  /\bnew Function\b/,
  // A file of the library may be loaded late; a package, or what a variable names, may not.
  /\brequire(?:\.\w+)*\((?!'\.)/,
];

/** Code without comments. */
const codeOf = (text: string): string => text.replace(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*/g, '');
const asksNode = (text: string): string[] =>
  codeOf(text)
    .split('\n')
    .filter((line) => NODES.some((pattern) => pattern.test(line)));

test('only src/base/platform.ts, and platform-threads.ts, ask Node, among what builds and runs graphs', () => {
  const found = files(path.join(ROOT, 'src'))
    .filter((file) => !ABOUT_FILES.some((place) => show(file).startsWith(place)))
    .flatMap((file) => asksNode(textOf(file)).map((line) => `${show(file)}: ${line.trim()}`));
  expect(found).toEqual([]);
});
test('what is looked for would be found', () => {
  const wrong = [
    `import { join } from 'node:path';`,
    `const quiet = process.env['QUIET'];`,
    `process.stderr.write('x');`,
    `const here = __dirname;`,
    `Buffer.from('x')`,
    `const addon = require(path);`,
    `require.resolve('some-package')`,
    `const started = performance.now();`,
    `const f = new Function('x', text);`,
  ];
  expect(wrong.map((line) => asksNode(line))).toEqual(wrong.map((line) => [line]));
  expect(
    asksNode(`// process.env\n/* require(x) */\nconst { HOST } = require('./host');\nstep.process.run();`),
  ).toEqual([]);
});
