/**
 * The package as `npm pack` makes it, in a project of one's own: CommonJS, ES modules and strict TypeScript, on every
 * Node that there is (this one, and those that NODES names: programs, separated by colons).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ROOT } from '../structure/files';

const NODES = [process.execPath, ...(process.env['NODES'] ?? '').split(':').filter(Boolean)];
const project = mkdtempSync(path.join(tmpdir(), 'pack-test-'));
const modules = path.join(project, 'node_modules');
const env = { ...process.env, TFJS_SESSION_QUIET: '1', TFJS_SESSION_DEVICE: 'portable' };
let packed: { readonly files: readonly { readonly path: string }[]; readonly filename: string };
let noise: string;

beforeAll(() => {
  const made = spawnSync('npm', ['pack', '--json', '--pack-destination', project], { cwd: ROOT, encoding: 'utf8' });
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

test('making it warns of nothing, and all that README links to is in it', () => {
  expect(noise).not.toMatch(/warn|error/i);
  const there = new Set(packed.files.map((file) => file.path));
  const links = [...readFileSync(path.join(ROOT, 'README.md'), 'utf8').matchAll(/\]\(([^)#:]+)\)/g)].map(
    ([, to]) => to,
  );
  expect(links.length).toBeGreaterThan(10);
  // These two are about the source, which is not in it as a whole.
  expect(links.filter((to) => !there.has(to) && !/^(ARCHITECTURE|CONTRIBUTING)\.md$/.test(to))).toEqual([]);
});
describe.each(NODES)('%s', (node) => {
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
    const says = /AttributeError: tf\.layers\.conv3d is not in tfjs-session 0\.x yet; tf\.layers has dense/;
    expect(fails(node, write('absent.cjs', `${COMMON}tf.layers.conv3d(1);`))).toMatch(says);
    const es = `import * as tf from 'tfjs-session';\ntf.layers.conv3d(1);`;
    expect(fails(node, write('absent.mjs', es))).toMatch(says);
  });
  test("an uncaught error begins with its text and the script's line", () => {
    const text = `${COMMON}const a = tf.zeros([2, 3]);\ntf.matmul(a, a);\n`;
    const [first, ...rest] = fails(node, write('wrong.cjs', text)).trim().split('\n');
    expect(first).toMatch(/^ValueError: Dimensions must be equal, but are 3 and 2/);
    expect(rest.filter((line) => /^\s+at /.test(line))[0]).toMatch(/wrong\.cjs:3:4/);
    expect(rest.join('\n')).not.toMatch(/tfjs-session\/dist/);
  });
});
test('strict TypeScript, as CommonJS and as an ES module', () => {
  write('package.json', '{ "name": "own", "private": true }');
  const options = { strict: true, module: 'node16', moduleResolution: 'node16', target: 'es2022', types: ['node'] };
  write(
    'tsconfig.json',
    JSON.stringify({ compilerOptions: { ...options, outDir: 'out' }, include: ['*.ts', '*.mts'] }),
  );
  write('first.ts', FIRST);
  write('second.mts', FIRST);
  const compiler = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  expect(spawnSync(process.execPath, [compiler, '-p', '.'], { cwd: project, encoding: 'utf8' }).stdout).toBe('');
  for (const node of NODES)
    for (const file of ['out/first.js', 'out/second.mjs']) expect(run(node, file)).toMatch(/b: -(0\.9|1)/);
}, 300_000);
test('a type that is absent is an error of the compiler', () => {
  write('absent.ts', `import * as tf from 'tfjs-session';\ntf.layers.conv3d(1);\n`);
  const compiler = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const said = spawnSync(process.execPath, [compiler, '-p', '.', '--noEmit'], { cwd: project, encoding: 'utf8' });
  expect(said.stdout).toContain("Property 'conv3d' does not exist");
}, 300_000);
