/**
 * Writes docs/conformance.md from what TensorFlow's own tests gave on our server and on TensorFlow's.
 *
 *     npm run conformance -- EXPECTED RESULTS …
 *
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
const [EXPECTED, ...RESULTS] = process.argv.slice(2);
const PAGE = join(__dirname, '..', '..', 'docs', 'conformance.md');

const linesOf = (text: string): Row[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);

const LOOKS_INSIDE = "it looks into the graph that TensorFlow's runtime makes: `RunMetadata` has none";
/** What does not pass though all that it needs is here: why, by the test's name. */
const NAMED: Readonly<Record<string, string>> = {
  'SessionTest.testBuildCostModel': '`RunMetadata` has no cost graph (`build_cost_model`)',
  'SessionTest.testDefaultSessionPlacePrunedGraph':
    'it wants an error for a node on a device that is not there and that no step needs',
  'FunctionInlineControlTest.testFoo':
    'it looks for calls in the trace: bodies of functions run in the place of their calls, `noinline` or not',
  'CondV2Test.testLowering': LOOKS_INSIDE,
  'CondV2Test.testLoweringDisabledInXLA': LOOKS_INSIDE,
  'ConstantTest.testVariant': 'its constant is an object of C++ (a variant)',
  'ParseTensorOpTest.testInvalidInput': "the error has TensorFlow 2's words, whose kernel runs it",
};

/** The last result of each test. */
function results(): Row[] {
  const rows = RESULTS.flatMap((folder) =>
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
    /No kernel for op type '(\w+)'(?: on the \w+ device with inputs \(([^)]*)\))?/.exec(emsg) ?? [];
  if (!type) return /Op type not registered '(\w+)'/.exec(emsg)?.[1] ?? null;
  const odd = /complex64|complex128|int16|float16|bfloat16|uint\d+/.exec(inputs ?? '')?.[0];
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
const asked = results().filter((row) => {
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
`,
);
