/** What `npm pack` makes, in a project of one's own: CommonJS, ES modules and strict TypeScript, on each Node. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ROOT } from '../structure/files';
import { nodes } from './nodes';

const NODES = nodes();
const project = mkdtempSync(path.join(tmpdir(), 'pack-test-'));
const modules = path.join(project, 'node_modules');
const env = { ...process.env, TFJS_SESSION_QUIET: '1', TFJS_SESSION_DEVICE: 'portable' };
let packed: { readonly files: readonly { readonly path: string }[]; readonly filename: string };
let noise: string;

/** Whether what an earlier build made is younger than all that it is made from: then it is packed as it is. */
function isBuilt(): boolean {
  const time = (file: string): number => statSync(path.join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const inside = (folder: string): string[] =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));
  const sources = ['src', 'cli', 'build'].flatMap(inside);
  const made = time(path.join('dist', 'src', 'esm.mjs'));
  return [...sources, 'package.json', 'tsconfig.json', 'tsconfig.build.json'].every((file) => time(file) < made);
}

beforeAll(() => {
  const options = ['--json', '--pack-destination', project, ...(isBuilt() ? ['--ignore-scripts'] : [])];
  const made = spawnSync('npm', ['pack', ...options], { cwd: ROOT, encoding: 'utf8' });
  noise = made.stderr;
  [packed] = JSON.parse(made.stdout) as (typeof packed)[];
  // What an installer does: the package unpacked, and what it depends on beside it.
  mkdirSync(modules, { recursive: true });
  execFileSync('tar', ['-xzf', path.join(project, packed.filename), '-C', project]);
  execFileSync('mv', [path.join(project, 'package'), path.join(modules, 'tfjs-session')]);
  for (const name of readdirSync(path.join(ROOT, 'node_modules')))
    if (!name.startsWith('.')) symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name));
}, 600_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

function write(name: string, text: string): string {
  writeFileSync(path.join(project, name), text);
  return name;
}
const run = (node: string, ...args: string[]): string =>
  execFileSync(node, args, { cwd: project, encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] }).trim();
const fails = (node: string, ...args: string[]): string =>
  spawnSync(node, args, { cwd: project, encoding: 'utf8', env }).stderr;

const [, FIRST] = /^## The way in\n.*?^```ts\n(.*?)^```$/ms.exec(readFileSync(path.join(ROOT, 'README.md'), 'utf8'))!;
const COMMON = `const tf = require('tfjs-session');\n`;

/** Links of a page to files, seen from the package's root. */
function links(page: string): string[] {
  const text = readFileSync(path.join(modules, 'tfjs-session', page), 'utf8').replace(/```.*?```/gs, '');
  return [...text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, to]) => path.posix.join(path.dirname(page), to));
}

test('making it warns of nothing, and all that its pages link to is in it', () => {
  expect(noise).not.toMatch(/warn|error/i);
  const there = new Set(packed.files.map((file) => file.path));
  const pages = [...there].filter((file) => file.endsWith('.md'));
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'CHANGELOG.md', 'docs/guide.md', 'exercise/README.md']));
  expect(links('README.md').length).toBeGreaterThan(10);
  expect(pages.flatMap((page) => links(page).map((to) => [page, to])).filter(([, to]) => !there.has(to))).toEqual([]);
});
test('what it says of itself', () => {
  const own = JSON.parse(readFileSync(path.join(modules, 'tfjs-session', 'package.json'), 'utf8')) as object;
  const asked = ['name', 'version', 'description', 'license', 'keywords', 'engines', 'main', 'types', 'exports', 'bin'];
  expect(asked.filter((key) => !(key in own))).toEqual([]);
  expect(own).toMatchObject({ scripts: { prepack: 'npm run --silent build' } });
});
describe.each(NODES)('%s', (_, node) => {
  test("README's first graph, as CommonJS and as an ES module", () => {
    const common = write('first.cjs', FIRST.replace(/import .*\n/, COMMON));
    expect(run(node, common)).toMatch(/w: (1\.9|2)[\d.]*,\s+b: -(0\.9|1)/);
    expect(run(node, write('first.mjs', FIRST))).toMatch(/w: (1\.9|2)[\d.]*,\s+b: -(0\.9|1)/);
  });
  test('the default import, and single names', () => {
    const text = `import tf, { constant, Session, nn } from 'tfjs-session';
      using_(new Session());
      function using_(sess) { console.log(sess.run(nn.relu(constant(-1))), sess.run(tf.constant(2))); }`;
    expect(run(node, write('names.mjs', text))).toBe('0 2');
  });
  test('a name that is absent says so in both', () => {
    const says = /AttributeError: tf\.nn\.fractionalMaxPool is not in tfjs-session 0\.x yet; /;
    expect(fails(node, write('absent.cjs', `${COMMON}tf.nn.fractionalMaxPool(1);`))).toMatch(says);
    const es = `import * as tf from 'tfjs-session';\ntf.nn.fractionalMaxPool(1);`;
    expect(fails(node, write('absent.mjs', es))).toMatch(says);
  });
  const UNCAUGHT: readonly (readonly [line: string, first: string])[] = [
    ['tf.matmul(a, a);', 'ValueError: Dimensions must be equal, but are 3 and 2'],
    ['tf.matmul(a);', "TypeError: matmul() missing 1 required positional argument: 'b'"],
    ['a + 1;', 'OperatorNotAllowedInGraphError: using a `tf.Tensor` as a Python `bool`'],
    ['sess.run(x);', "InvalidArgumentError: You must feed a value for placeholder tensor 'x'"],
    ['sess.run(x, { "x:0": [1] });', "ValueError: Cannot feed value of shape (1,) for Tensor 'x:0'"],
    ['sess.run(new tf.Variable(1));', 'FailedPreconditionError: Attempting to use uninitialized value Variable'],
    ['sess.run(tf.checkNumerics(tf.log(-1), "sad"));', 'InvalidArgumentError: sad : Tensor had NaN values'],
    [
      'new tf.train.Saver([new tf.Variable(1)]).restore(sess, "./none");',
      'ValueError: The passed save_path is not a valid',
    ],
  ];
  // All of them on this Node: what is said is the same on the others.
  const tried = node === process.execPath ? UNCAUGHT : UNCAUGHT.slice(0, 2);
  test.each(tried)('%s, uncaught: its text first, and then the line of the script', (line, text) => {
    const head = `const a = tf.zeros([2, 3]), sess = new tf.Session();
const x = tf.placeholder(tf.float32, [], { name: 'x' });`;
    for (const [name, start] of [
      ['wrong.cjs', COMMON],
      ['wrong.mjs', "import * as tf from 'tfjs-session';\n"],
    ]) {
      const said = fails(node, write(name, `${start}${head}\n${line}\n`)).trim();
      expect(said.slice(0, text.length)).toBe(text);
      const frames = said.split('\n').filter((each) => /^\s+at /.test(each));
      expect(frames[0]).toContain(`${name}:4:`);
      expect(said).not.toMatch(/tfjs-session\/dist/);
    }
  });
});
test('strict TypeScript without types of Node, in both kinds of modules; an absent name is an error', () => {
  write('package.json', '{ "name": "own", "private": true }');
  const options = { strict: true, module: 'node16', moduleResolution: 'node16', target: 'es2022', types: [] };
  write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { ...options, outDir: 'out' }, include: ['*.ts', '*.mts'] }),
  );
  write('first.ts', FIRST);
  write('second.mts', FIRST);
  write('absent.ts', `import * as tf from 'tfjs-session';\ntf.nn.fractionalMaxPool(1);\n`);
  const compiler = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const said = spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: project, encoding: 'utf8' }).stdout;
  expect(said.match(/error TS.*/g)).toEqual([expect.stringContaining("Property 'fractionalMaxPool' does not exist")]);
  for (const [, node] of NODES)
    for (const file of ['out/first.js', 'out/second.mjs']) expect(run(node, file)).toMatch(/b: -(0\.9|1)/);
}, 300_000);
