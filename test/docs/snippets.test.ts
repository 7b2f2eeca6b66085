/**
 * The TypeScript of the documentation compiles and runs. A block marked `runnable` goes on where the last one of its
 * file ended; `runnable fresh` starts a program. README's first graph is a file of the package, too.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import * as tf from '../../src';

const ROOT = join(__dirname, '..', '..');

/** One program per test: name and text. */
function programs(): [name: string, text: string][] {
  const found: [string, string][] = [];
  const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  for (const file of ['README.md', ...pages.map((name) => `docs/${name}`)]) {
    const blocks = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^```ts runnable( fresh)?\n(.*?)^```$/gms)];
    blocks.forEach(([, fresh, text], i) => {
      if (fresh || i === 0) found.push([`${file} #${found.length}`, text]);
      else found[found.length - 1][1] += text;
    });
  }
  return [['README.md, a first graph', first()], ...found];
}
/** README's first graph. */
function first(): string {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  return /^## The way in\n.*?^```ts\n(.*?)^```$/ms.exec(readme)![1];
}

const PROGRAMS = programs();
// What programs write, they write here.
const folder = mkdtempSync(join(tmpdir(), 'snippets-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('there are programs', () => {
  expect(PROGRAMS.length).toBeGreaterThanOrEqual(3);
});

test("README's first graph is the file that it says to copy", () => {
  expect(first()).toBe(readFileSync(join(ROOT, 'examples', 'first.mjs'), 'utf8'));
});

test('they compile', () => {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config as {
    compilerOptions: object;
  };
  // What a page shows for reading need not be used.
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, noUnusedLocals: false, noEmit: true },
    ROOT,
  );
  const texts = new Map(PROGRAMS.map(([, text], i) => [join(ROOT, `snippet-${i}.ts`), text]));
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.getSourceFile = (path, version) =>
    texts.has(path) ? ts.createSourceFile(path, texts.get(path)!, version) : getSourceFile.call(host, path, version);
  const program = ts.createProgram([...texts.keys()], options, host);
  const wrong = [...texts.keys()].flatMap((path) => program.getSemanticDiagnostics(program.getSourceFile(path)));
  expect(ts.formatDiagnostics(wrong, host)).toBe('');
});

test.each(PROGRAMS)('%s runs', (_, text) => {
  tf.resetDefaultGraph();
  const lines: unknown[][] = [];
  // A reader's loop is long; a test's is short.
  const { outputText } = ts.transpileModule(text.replace(/\b20000\b/g, '30'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const run = new Function('require', 'exports', 'console', outputText) as (...args: unknown[]) => void;
  const before = process.cwd();
  process.chdir(folder);
  try {
    run(
      (name: string) => (name === 'tfjs-session' ? tf : (require(name) as unknown)),
      {},
      { log: (...line: unknown[]) => lines.push(line) },
    );
  } finally {
    process.chdir(before);
  }
  expect(lines.length).toBeGreaterThan(0);
});
