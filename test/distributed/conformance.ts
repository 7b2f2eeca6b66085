/**
 * Writes docs/conformance.md from what TensorFlow's own tests gave on our server and on TensorFlow's.
 *
 *     npm run conformance -- EXPECTED RESULTS … [--newer RESULTS … [--theirs RESULTS …]]
 *
 * The same of TensorFlow 2.21's tests with `--newer`, and with `--theirs` what 2.21's own server gave for those that
 * fail.
 * RESULTS are folders of .jsonl files, one for each file of tests, with a line for each test that was run: what was run
 * again stands in a later one. EXPECTED is one gzipped .jsonl file with what the same tests gave on TensorFlow 1.15.5's
 * server.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface Row {
  readonly kind?: string;
  readonly module: string;
  readonly test: string;
  readonly outcome: string;
  readonly runs: number;
  readonly ops?: readonly string[];
  readonly emsg?: string;
}
interface Counts {
  theirs: number;
  ours: number;
}
/** The folders behind a flag, up to the next one. */
function foldersBehind(flag: string): string[] {
  const at = process.argv.indexOf(flag);
  if (at < 0) return [];
  const given = process.argv.slice(at + 1);
  const end = given.findIndex((word) => word.startsWith('--'));
  return end < 0 ? given : given.slice(0, end);
}
const [EXPECTED, ...RESULTS] = foldersBehind(process.argv[1]);
const PAGE = join(__dirname, '..', '..', 'docs', 'conformance.md');

const linesOf = (text: string): Row[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);

/** What does not pass though all that it needs is here: why, by the test's name. */
const NAMED: Readonly<Record<string, string>> = {
  'SessionTest.testBuildCostModel': '`RunMetadata` has no cost graph (`build_cost_model`)',
  'SessionTest.testDefaultSessionPlacePrunedGraph':
    'it wants an error for a node on a device that is not there and that no step needs',
  'FunctionInlineControlTest.testFoo':
    'it looks for calls in the trace: bodies of functions run in the place of their calls, `noinline` or not',
  'CondV2Test.testLowering':
    "it wants TensorFlow's own rewriting of the graph: `RunMetadata` shows the nodes as they were sent",
  'ConstantTest.testVariant': 'its constant is an object of C++ (a variant)',
};

const FOR_BAD_INDICES = 'an index that is none is an error here, as in 1.15; 2.21 has `bad_indices_policy`';
const ONE_DEVICE = 'it counts the parts that a graph is cut into for several devices';
/** The same of tests that TensorFlow 2.21 has. */
const NEWER_NAMED: Readonly<Record<string, string>> = {
  'AdamOptimizerTest.testGatherGradientWithBadIndicesPolicy': FOR_BAD_INDICES,
  'GatherNdTest.testBadIndicesCPUIgnore': FOR_BAD_INDICES,
  'CondV2ColocationGroupAndDeviceTest.testColocateWithInCondGraphPartitioning': ONE_DEVICE,
  'CondV2ColocationGroupAndDeviceTest.testDeviceInCondGraphPartitioning': ONE_DEVICE,
  'DeterministicOpsTest.testDeterministicOpsErrors': "it asks the client's own process for deterministic ops",
  'DivAndModTest.testTruncateDivideFloat': '1.15 does not cut quotients of floats',
  'FunctionInlineControlTest.testFoo1': NAMED['FunctionInlineControlTest.testFoo'],
  'LSTMTest.testLSTMBlockCellEmptyInputRaisesError':
    "a cell of no units gives an empty result, as 2.21's other recurrent ops do; 1.15's process ends",
  'SparseTensorDenseMatMulTest.testLarge': "1.15's adjoint of a complex sparse matrix is its transpose",
  'CholeskyOpTest.testNotInvertibleCpu': 'a matrix that cannot be taken apart is an error, as in 1.15; 2.21 gives NaN',
  'AddNTest.testVariant': NAMED['ConstantTest.testVariant'],
  'SparseSegmentReductionOpTest.testSegmentsInvalid8': "1.15's words for segments below 0 are others",
  'GatherTest.testBatchDims8': '1.15 refuses as many batch dimensions as there are dimensions',
};

/** The last result of each test. */
function results(folders: readonly string[]): Row[] {
  const rows = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .flatMap((name) => {
        const lines = linesOf(readFileSync(join(folder, name), 'utf8'));
        const { module } = lines[0];
        return lines.filter(({ kind }) => kind === 'result').map((row) => ({ ...row, module }));
      }),
  );
  return [...new Map(rows.map((row) => [`${row.module} ${row.test}`, row])).values()];
}
/** The op type that has no kernel, or is not known; null where the test fails otherwise. */
function missing({ emsg = '' }: Row): string | null {
  const [, type, inputs] =
    /No kernel for op type '(\w+)'(?: on the (?:\w+ device|host) with inputs \(([^)]*)\))?/.exec(emsg) ?? [];
  if (!type) return /Op type not registered '(\w+)'/.exec(emsg)?.[1] ?? null;
  const odd = /complex64|complex128|int16|float16|bfloat16|uint\d+|variant/.exec(inputs ?? '')?.[0];
  return odd ? `${type}\` of \`${odd}` : type;
}
/** Why it failed, in a few words. */
function reason(row: Row): string {
  const { outcome, test, emsg = '' } = row;
  if (NAMED[test]) return `\`${test}\`: ${NAMED[test]}`;
  if (outcome === 'hang') return `\`${test}\`: it took longer than its time limit`;
  return emsg.trim().split('\n')[0].slice(0, 100) || 'it says nothing';
}

function rowOf(name: string, { theirs, ours }: Counts): string {
  return `| \`${name}\` | ${theirs} | ${ours === theirs ? ours : `**${ours}**`} |`;
}

const expected = new Map(
  linesOf(gunzipSync(readFileSync(EXPECTED)).toString()).map((row) => [`${row.module} ${row.test}`, row]),
);
const modules = new Map<string, Counts>();
const [types, reasons] = [new Map<string, number>(), new Map<string, number>()];
const add = (to: Map<string, number>, key: string): unknown => to.set(key, (to.get(key) ?? 0) + 1);
const asked = results(RESULTS).filter((row) => {
  const theirs = expected.get(`${row.module} ${row.test}`);
  return theirs?.runs && theirs.outcome === 'pass';
});
for (const row of asked) {
  const counts = modules.get(row.module) ?? { theirs: 0, ours: 0 };
  modules.set(row.module, counts);
  counts.theirs++;
  if (row.outcome === 'pass') counts.ours++;
  else if (missing(row)) add(types, `\`${missing(row)}\``);
  else add(reasons, reason(row));
}
/** What 2.21 says, and 1.15's ops do not know. */
function newer({ emsg = '' }: Row): string | null {
  const [, attr, op] = /mentions attr '(\w+)' not in Op<name=(\w+)>/.exec(emsg) ?? [];
  if (attr) return `\`${attr}\` of \`${op}\``;
  if (/Cannot convert value \d+ to a TensorFlow DType/.test(emsg))
    return 'floats and integers of 8 and 4 bits that 1.15 does not have';
  return /Value for attr '(\w+)' of "(\w+)" is not in the list/.exec(emsg)?.slice(1).join(': ') ?? null;
}
/** Why it failed, behind the node that 2.21's client names first. */
function newerReason(row: Row): string {
  const emsg = row.emsg?.replace(/^Node: '.*'\n/, '').replace(/^.*Graph execution error:\n+/, '') ?? '';
  if (NAMED[row.test]) return reason(row);
  return `\`${row.test}\`: ${NEWER_NAMED[row.test] ?? reason({ ...row, emsg })}`;
}
/** The part about 2.21's tests; nothing where none were run. */
function newerPart(): string {
  const key = ({ module, test }: Row): string => `${module} ${test}`;
  const there = new Map(results(foldersBehind('--theirs')).map((row) => [key(row), row.outcome]));
  const rows = results(foldersBehind('--newer')).filter(
    (row) => row.runs && row.outcome !== 'skip' && (there.get(key(row)) ?? 'pass') === 'pass',
  );
  if (!rows.length) return '';
  const failing = rows.filter(({ outcome }) => outcome !== 'pass');
  const [lacking, others] = [new Map<string, number>(), new Map<string, number>()];
  for (const row of failing) {
    const type = missing(row);
    const lacks = type ? `\`${type}\`` : newer(row);
    if (lacks) add(lacking, lacks);
    else add(others, newerReason(row));
  }
  const files = new Set(rows.map(({ module }) => module)).size;
  return `
## TensorFlow 2.21's

2.21's tests with 2.21's client, up to 25 of each of ${files} files: **${rows.length - failing.length} of \
${rows.length}** that run a session pass here. Those that fail on 2.21's own server too are left out.

| what they need that 1.15 does not have, or that is not here | tests |
| --- | --- |
${ranked(lacking)}

| why these do not pass | tests |
| --- | --- |
${ranked(others)}
`;
}
const sum = (of: Iterable<number>): number => [...of].reduce((total, n) => total + n, 0);
const ranked = (map: ReadonlyMap<string, number>): string =>
  [...map]
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([what, n]) => `| ${what.replace(/\|/g, '\\|')} | ${n} |`)
    .join('\n');
const passed = sum([...modules.values()].map(({ ours }) => ours));
const served = asked.length - sum(types.values());
const table = [...modules].sort(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(
  PAGE,
  `# TensorFlow's own tests as the judge

TensorFlow 1.15's Python tests, each session of theirs opened on \`tfjs-session serve\` on the native device
([server.md](server.md)): those of a sample that run a session, and pass on TensorFlow 1.15.5's own server. Written by
\`npm run conformance\`.

**${passed} of ${asked.length} pass**; of the ${served} that need only op types that are here, all but the \
${sum(reasons.values())} that are named.

| why these do not, though their op types are here | tests |
| --- | --- |
${ranked(reasons)}

| the first op type that is missing | tests |
| --- | --- |
${ranked(types)}

| file of tests | pass on TensorFlow's server | pass here |
| --- | --- | --- |
${table.map(([name, counts]) => rowOf(name, counts)).join('\n')}
${newerPart()}`,
);
