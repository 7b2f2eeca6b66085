/**
 * The TypeScript of README and of all pages compiles, runs, and gives what its comments say. A block goes on where the
 * last one of its page ended; one marked `ts fresh` starts a program. What a reader knows, and a program needs, stands
 * before the block in a comment of the page: `<!-- ts`. README's first graph is a file of the package, too.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as ts from 'typescript';
import * as tf from '../../src';
import { startServer, type Server } from '../distributed/server';
import { withChecks } from './docstrings';
import { equal, meant, plain } from './said-values';

const ROOT = join(__dirname, '..', '..');
const PAGES = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const BLOCK = /^(?:```|<!-- )ts(?: runnable)?( fresh)?\n(.*?)^(?:```|-->)$/gms;

/** One program per test: name and text. */
function programsOf(page: string): [name: string, text: string][] {
  const found: [string, string][] = [];
  for (const [, fresh, text] of readFileSync(join(ROOT, page), 'utf8').matchAll(BLOCK))
    if (fresh || !found.length) found.push([`${page} #${found.length}`, text]);
    else found[found.length - 1][1] += text;
  return found;
}
const PROGRAMS = PAGES.flatMap(programsOf);
const ADDRESS = 'grpc://127.0.0.1:2222';

// What programs write, they write here.
const folder = mkdtempSync(join(tmpdir(), 'snippets-test-'));
let server: Server | null = null;
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('every block of TypeScript is part of a program', () => {
  const marks = PAGES.flatMap((page) =>
    [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```(\S.*)$/gm)].map(([, mark]) => `${page}: ${mark}`),
  );
  const known = /: (ts( runnable)?( fresh)?|sh|bash|python|console|json)$/;
  expect(marks.filter((mark) => !known.test(mark))).toEqual([]);
  expect(new Set(PROGRAMS.map(([name]) => name.replace(/ #.*/, ''))).size).toBeGreaterThanOrEqual(10);
});

test("README's first graph is the file that it says to copy", () => {
  expect(PROGRAMS[0][1]).toBe(readFileSync(join(ROOT, 'examples', 'first.mjs'), 'utf8'));
});

test('they compile', () => {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)).config as {
    compilerOptions: object;
  };
  // What a page shows for reading need not be used.
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, noUnusedLocals: false, noUnusedParameters: false, noEmit: true },
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

test.each(PROGRAMS)('%s runs', async (_, program) => {
  let text = program;
  if (text.includes(ADDRESS)) {
    server ??= await startServer();
    text = text.replaceAll(ADDRESS, server.target);
  }
  tf.resetDefaultGraph();
  using sess = new tf.Session('', { config: { device: 'portable' } });
  let seen = 0;
  const check = (call: () => unknown, said: string): void => {
    const value = call();
    const wanted = meant(said);
    seen++;
    if (wanted === undefined) return;
    const got = plain(value, sess);
    if (!equal(got, wanted)) expect(got).toEqual(wanted);
  };
  const printed = (...line: unknown[]): unknown => {
    seen++;
    return line.length === 1 ? line[0] : line;
  };
  // A reader's loop is long; a test's is short.
  const { outputText } = ts.transpileModule(withChecks(text).replace(/\b20000\b/g, '30'), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const run = new Function('require', 'exports', 'console', '__check', outputText) as (...args: unknown[]) => void;
  const before = process.cwd();
  process.chdir(mkdtempSync(join(folder, 'program-')));
  try {
    run(
      (name: string) => (name === 'tfjs-session' ? tf : (require(name) as unknown)),
      {},
      // What is printed is what its comment is about.
      { log: printed },
      check,
    );
  } finally {
    process.chdir(before);
  }
  // Each shows something.
  expect(seen + Number(text.includes('sess.run('))).toBeGreaterThan(0);
});
