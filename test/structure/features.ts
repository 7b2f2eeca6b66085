/**
 * Writes FEATURES.md, every public name of TensorFlow 1.15 and what there is of it here, and src/esm.mts, through which
 * ES modules get the names. `npm run features` writes both; features.test.ts fails where the code says otherwise.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { OTHER_NAMES } from '../../src/surface/instead';
import { MODULES, camel, instead, ours } from '../../src/surface/names';
import { OURS, ROWS, surface } from '../surface-rows';

const ROOT = path.join(__dirname, '..', '..');
export const FEATURES = path.join(ROOT, 'FEATURES.md');
export const ESM = path.join(ROOT, 'src', 'esm.mts');

/** Gradient and devices of an op type, as docs/ops.md has them, which a test of its own holds. */
interface OpFact {
  readonly gradient: string;
  readonly devices: readonly string[];
}
const OPS = new Map(
  readFileSync(path.join(ROOT, 'docs', 'ops.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`\w+`$/.test(cells[1] ?? ''))
    .map(([, type, gradient, host, portable, native]): [string, OpFact] => [
      type.replaceAll('`', ''),
      {
        gradient,
        devices: Object.entries({ native, portable, host }).flatMap(([d, yes]) => (yes === 'yes' ? [d] : [])),
      },
    ]),
);
/** Calls that show more than those of the rows. */
const CALLS: Readonly<Record<string, (sess: tf.Session) => unknown>> = {
  'tf.nn.dropout': () => tf.nn.dropout([1, 2], 0.5),
};
/** Where numbers come from: what a gradient flows to. */
const SOURCES = new Set(['Const', 'Placeholder', 'VariableV2', 'Range', 'Fill']);
/** What carries values or names things, and is no work of its own. */
const PLAIN = new Set(['Const', 'Placeholder', 'NoOp', 'Identity', 'VariableV2', 'Assign', 'VarHandleOp']);

interface Facts {
  readonly devices: string;
  readonly gradient: string;
}
/** Of a name's call in surface-rows.ts: devices with a kernel for some op of it, and whether a gradient flows. */
function factsOf(name: string): Facts {
  const none = { devices: '', gradient: '' };
  if (!(name in ROWS)) return none;
  tf.resetDefaultGraph();
  using sess = new tf.Session('', { config: { device: 'portable' } });
  const made: tf.Operation[] = [];
  let value: unknown;
  try {
    value = (CALLS[name] ?? ROWS[name][0])(sess);
    made.push(...tf.getDefaultGraph().getOperations());
  } catch {
    return none;
  }
  const work = made.filter(({ type }) => !PLAIN.has(type));
  const ops = work.length ? work : isTensor(value) ? [value.op] : [];
  if (!ops.length) return none;
  const devices = ['native', 'portable', 'host'].filter((d) =>
    ops.some(({ type }) => OPS.get(type)?.devices.includes(d)),
  );
  const results = [value].flat().filter(isTensor);
  const floating = results.filter(({ dtype }) => dtype.isFloating || dtype.isComplex);
  return { devices: devices.join(', '), gradient: floating.some((t) => flows(t, new Set())) ? 'yes' : '' };
}
const isTensor = (value: unknown): value is tf.Tensor => value instanceof tf.Tensor;
/** Whether a gradient gets from a tensor to a leaf with numbers, through at least one op. */
function flows(at: tf.Tensor, seen: Set<tf.Operation>): boolean {
  const { op } = at;
  if (seen.has(op)) return false;
  seen.add(op);
  if (OPS.get(op.type)?.gradient !== 'function') return false;
  return op.inputs.some((x) => x.dtype.isFloating && (SOURCES.has(x.op.type) || flows(x, seen)));
}

/** Holders of names that are here: namespaces, and for classes what their objects have. */
function holder(full: string): object | null {
  let at: unknown = tf;
  for (const part of ours(full).split('.').slice(1)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return null;
    at = Reflect.get(at, part) as unknown;
  }
  return typeof at === 'function' ? (INSTANCES[full]?.() ?? null) : (at as object);
}
const INSTANCES: Readonly<Record<string, () => object>> = {
  'tf.Session': () => new tf.Session('', { config: { device: 'portable' } }),
  'tf.Graph': () => new tf.Graph(),
  'tf.Operation': () => tf.constant(1).op,
  'tf.Tensor': () => tf.constant(1),
  'tf.Variable': () => new tf.Variable(1),
  'tf.IndexedSlices': () => new tf.IndexedSlices(tf.constant([1]), tf.constant([0], tf.int32)),
  'tf.TensorShape': () => new tf.TensorShape([]),
  'tf.DType': () => tf.float32,
  'tf.VariableScope': () => tf.getVariableScope(),
  'tf.train.Optimizer': () => new tf.train.AdamOptimizer(),
};

const tick = (name: string): string => `\`${name}\``;
const anchor = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9_ -]/g, '')
    .replaceAll(' ', '-');

interface Section {
  readonly path: string;
  readonly here: readonly string[];
  readonly absent: readonly string[];
}
/** Whether a class has a name itself, as `tf.train.Optimizer.GATE_OP`. */
function isStatic(full: string, { constructor }: object, name: string): boolean {
  return /\.[A-Z]\w*$/.test(full) && name in constructor && !(name in Function.prototype);
}
function sections(): Section[] {
  return MODULES.map(({ path: full, names }) => {
    const at = holder(full);
    // A module that is absent is spoken of by its own section.
    const isHere = (name: string): boolean => at !== null && (camel(name) in at || isStatic(full, at, camel(name)));
    const isModule = (name: string): boolean =>
      MODULES.some(({ path: p }) => p === `${full}.${name}` && !/[A-Z]\w*$/.test(name));
    return {
      path: full,
      here: names.filter((name) => isHere(name) && !isModule(name)),
      absent: names.filter((name) => !isHere(name) && !isModule(name)),
    };
  }).filter(({ here, absent }) => here.length + absent.length > 0);
}

const ALIAS = new Map<unknown, string>();
for (const [name, value] of surface(tf)) if (name in ROWS && !ALIAS.has(value)) ALIAS.set(value, name);
const VALUES = new Map(surface(tf));

function hereRows({ path: full, here }: Section): string[] {
  if (!here.length) return [];
  const rows = here.map((name) => {
    const mine = `${ours(full)}.${camel(name)}`;
    const row = mine in ROWS ? mine : (ALIAS.get(VALUES.get(mine)) ?? mine);
    const { devices, gradient } = factsOf(row);
    return { cell: tick(camel(name)), devices, gradient };
  });
  const working = rows.filter(({ devices }) => devices);
  const rest = rows.filter(({ devices }) => !devices);
  return [
    ...(working.length
      ? [
          '| Here | Kernels | Gradient |',
          '|---|---|---|',
          ...working.map(({ cell, devices, gradient }) => `| ${cell} | ${devices} | ${gradient} |`),
          '',
        ]
      : []),
    ...(rest.length
      ? [`${working.length ? 'Also here' : 'Here'}: ${rest.map(({ cell }) => cell).join(', ')}.`, '']
      : []),
  ];
}
function absentRows({ path: full, absent }: Section): string[] {
  if (!absent.length) return [];
  const groups = new Map<string, string[]>();
  for (const name of absent) {
    const said = instead(`${full}.${name}`, tf);
    groups.set(said, [...(groups.get(said) ?? []), name]);
  }
  const rows = [...groups].sort(([a], [b]) => Number(a === '') - Number(b === ''));
  return [
    '| Not here | Instead |',
    '|---|---|',
    ...rows.map(([said, list]) => `| ${list.map((name) => tick(camel(name))).join(', ')} | ${escape(said)} |`),
    '',
  ];
}
const escape = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

export function features(): string {
  const all = sections();
  const count = (list: readonly Section[]): string => {
    const here = list.reduce((sum, s) => sum + s.here.length, 0);
    const of = list.reduce((sum, s) => sum + s.here.length + s.absent.length, 0);
    return `${here} of ${of}`;
  };
  const contrib = (s: Section): boolean => s.path.startsWith('tf.contrib');
  const own = Object.entries(OURS);
  return [
    '# What is here of TensorFlow 1.15',
    '',
    'Every public name of TensorFlow 1.15.5, module by module, in the spelling of this package: `tf.reduce_mean` is',
    '`tf.reduceMean`. Touching a name that is not here throws an error that says what stands under *Instead*.',
    '*Kernels*: the devices that have one of their own for the work; host kernels are plain TypeScript, and run on',
    'both devices. *Gradient*: whether one flows through. [docs/ops.md](docs/ops.md) has the same of each op type.',
    '',
    'Written by `npm run features`; a test fails where the code says otherwise.',
    '',
    `${count(all.filter((s) => !contrib(s)))} names are here, and ${count(all.filter(contrib))} of \`tf.contrib\`.`,
    '',
    '| Module | Here |',
    '|---|---|',
    ...all.map((s) => `| [${tick(ours(s.path))}](#${anchor(ours(s.path))}) | ${count([s])} |`),
    '',
    '`tf.compat.v1` repeats these names, `tf.compat.v2` is TensorFlow 2, and `tf.raw_ops` has a name for each op type.',
    '',
    '## Only here',
    '',
    '| Name | Why |',
    '|---|---|',
    ...own.map(([name, why]) => `| ${tick(name)} | ${escape(why)} |`),
    '',
    ...all.flatMap((s) => [`## ${ours(s.path)}`, '', `${count([s])}.`, '', ...hereRows(s), ...absentRows(s)]),
  ].join('\n');
}

/** The names of `import * as tf` in ES modules: those that are here, and one for each miss that should speak. */
export function esm(): string {
  const there = new Set(Object.keys(tf));
  const [{ names }] = MODULES.filter(({ path: full }) => full === 'tf');
  const other = Object.keys(OTHER_NAMES).flatMap((name) => (/^tf\.\w+$/.test(name) ? [name.slice(3)] : []));
  const spelled = names.flatMap((name) => [name, camel(name)]);
  const missing = [...new Set([...spelled, ...other])].filter((name) => !there.has(name)).sort();
  return [
    '/**',
    ' * The package for `import` in ES modules. Their namespaces cannot be guarded, so each name that is missed is an',
    ' * export here, and speaks when it is called or looked into (see surface/absent.ts). Types do not have them.',
    ' * Written by `npm run features`.',
    ' */',
    "import tf from './index.js';",
    "import { missed } from './surface/absent.js';",
    '',
    "export * from './index.js';",
    'export default tf;',
    '',
    ...missing.flatMap((name) => ['/** @internal */', `const _${name} = missed('${name}');`]),
    '/** @internal */',
    'export {',
    ...missing.map((name) => `  _${name} as ${name},`),
    '};',
    '',
  ].join('\n');
}

if (require.main === module) {
  for (const [file, text] of [
    [FEATURES, features()],
    [ESM, esm()],
  ] as const)
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
