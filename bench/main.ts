/**
 * `npm run bench`: how fast a step is, next to its rivals on the same machine in the same minutes.
 *
 *     npm run bench
 *     npm run bench -- --quick --only dense
 *     npm run bench -- --python ~/tf/bin/python --json > bench.json
 */
import { Command } from 'commander';
import { type Result, measure } from './measure';
import { WORKLOADS, runners } from './plan';
import { absences, disagreements, headline, machine, name, table, toJson } from './report';

interface Options { only?: string[]; runner?: string[]; rounds?: string; quick?: boolean; json?: boolean; python?: string[] }

const command = new Command('npm run bench --')
  .description('Measures training steps, small ops, graph building and start-up, in turn with Python TensorFlow, tfjs and PyTorch where they are installed.')
  .option('--only <text...>', 'workloads whose name, title or size contains one of these')
  .option('--runner <id...>', 'runners whose name contains one of these: native, portable, tensorflow, tfjs-node, tfjs-wasm, torch, limit')
  .option('--rounds <n>', 'rounds (default: 9; with --quick, 5)')
  .option('--quick', 'fewer workloads and shorter rounds')
  .option('--python <path...>', 'Pythons to ask for TensorFlow and PyTorch (default: TFJS_SESSION_PYTHON, or python3)')
  .option('--json', 'print JSON instead of tables')
  .parse();
const options = command.opts<Options>();

async function main(): Promise<void> {
  const contains = (wanted: readonly string[] | undefined, ...texts: string[]): boolean => !wanted || wanted.some((w) => texts.some((t) => t.toLowerCase().includes(w.toLowerCase())));
  const all = runners(options.python ?? [process.env['TFJS_SESSION_PYTHON'] || 'python3']).filter((r) => contains(options.runner, r.id));
  const settings = {
    rounds: Number(options.rounds ?? (options.quick ? 5 : 9)), roundSeconds: options.quick ? 0.1 : 0.4,
    log: (line: string) => { if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`); },
  };
  const on = machine();
  const say = (text: string): void => { settings.log(''); if (text && !options.json) process.stdout.write(`${text}\n\n`); };
  say(`${on.cpu}, ${on.cores} cores, ${on.memoryGB} GB, ${on.system}, Node ${on.node}; load ${on.load}\n${settings.rounds} rounds of ${settings.roundSeconds} s each, in turn; medians.`);

  const results: Result[] = [];
  for (const workload of WORKLOADS) {
    for (const variant of workload.variants) {
      if (options.quick && variant.slow || !contains(options.only, workload.name, workload.title, variant.label)) continue;
      const result = await measure(workload, variant, all, settings);
      results.push(result);
      if (result.samples.length) say(table(result));
      for (const line of disagreements(result)) process.stderr.write(`Not the same arithmetic! ${line}\n`);
    }
  }
  const versions = new Map(results.flatMap((r) => r.samples.filter((s) => Object.keys(s.versions).length).map((s) => [name(s), s.versions] as const)));
  say(headline(results));
  say([...versions].map(([title, v]) => `${title}: ${Object.entries(v).map(([name, version]) => `${name} ${version}`).join(', ')}`).join('\n'));
  const missing = absences(results);
  if (missing.length) say(`Not measured:\n${missing.map((line) => `  ${line}`).join('\n')}`);
  if (options.json) process.stdout.write(`${JSON.stringify(toJson(results, on), null, 2)}\n`);
}
void main();
