/**
 * `npm run bench`: how fast a step is, next to its rivals on the same machine in the same minutes.
 *
 *     npm run bench
 *     npm run bench -- --quick --only dense
 *     npm run --silent bench -- --python ~/tf/bin/python ~/torch/bin/python --json > bench.json
 *     npm run --silent bench -- --from bench.json --markdown
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { Child } from './child';
import { compile } from './compile';
import { machine } from './machine';
import { type Result, measure } from './measure';
import { type Variant, WORKLOADS, type Workload } from './plan';
import { type Report, disagreements, fromJson, machineLine, markdown, summary, toJson, workloadText } from './report';
import { type Runner, ablations, runners, titled } from './runners';

interface Options {
  only?: string[];
  runner?: string[];
  rounds?: number;
  quick?: boolean;
  python: string[];
  ablation?: boolean;
  profile?: boolean;
  json?: boolean;
  markdown?: boolean;
  from?: string;
}

const atLeastOne = (text: string): number => {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 1) throw new InvalidArgumentError('It is a whole number, 1 or more.');
  return n;
};
const command = new Command('npm run bench --')
  .description(
    'Measures training steps, small ops, graph building and start-up, in turn with Python TensorFlow, tfjs and ' +
      'PyTorch where they are installed.',
  )
  .option('--only <text...>', 'workloads whose name, title or size contains one of these')
  .option(
    '--runner <id...>',
    'runners whose name contains one of these: native, portable, tensorflow, tfjs-node, tfjs-wasm, torch, limit',
  )
  .option('--rounds <n>', 'rounds (default: 9; with --quick, 5)', atLeastOne)
  .option('--quick', 'fewer sizes and shorter rounds')
  .option(
    '--python <path...>',
    `Pythons to ask for TensorFlow and PyTorch; TFJS_SESSION_PYTHON names them too, with '${path.delimiter}' ` +
      'between (default: python3)',
    (process.env['TFJS_SESSION_PYTHON'] || 'python3').split(path.delimiter),
  )
  .option(
    '--ablation',
    'instead of rivals, measure what each part is worth: ours with one after the other switched off (the ' +
      'tutorial step, unless --only says else)',
  )
  .addOption(
    new Option('--profile', 'instead of measuring, show where a step spends its time, op by op').conflicts([
      'json',
      'markdown',
      'ablation',
    ]),
  )
  .option('--json', 'print JSON and nothing else')
  .addOption(new Option('--markdown', 'print the tables of docs/performance.md and nothing else').conflicts('json'))
  .option('--from <file>', 'report what an earlier run wrote with --json, without measuring')
  .parse();
const options = command.opts<Options>();

const contains = (wanted: readonly string[] | undefined, ...texts: string[]): boolean =>
  !wanted || wanted.some((w) => texts.some((t) => t.toLowerCase().includes(w.toLowerCase())));
const log = (line: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
};
const say = (text: string): void => {
  log('');
  if (text && !options.json && !options.markdown) process.stdout.write(`${text}\n\n`);
};

function chosen(): { readonly work: (readonly [Workload, Variant])[]; readonly all: Runner[] } {
  const only = options.only ?? (options.ablation ? ['784-100-10, batch 100'] : undefined);
  const work = WORKLOADS.flatMap((w) => w.variants.map((v) => [w, v] as const)).filter(
    ([w, v]) => !(options.quick && v.slow) && !(options.ablation && w.each) && contains(only, w.name, w.title, v.label),
  );
  if (!work.length)
    command.error(
      `error: no workload matches --only ${only?.join(' ')}${options.quick ? ' with --quick' : ''}. There are ` +
        `${WORKLOADS.map((w) => w.name).join(', ')}.`,
    );
  const known = options.ablation ? ablations() : runners(options.python);
  const all = known.filter(
    (r) => contains(options.runner, r.id) || (options.ablation && contains(options.runner, r.against ?? r.id)),
  );
  if (!all.length)
    command.error(
      `error: no runner matches --runner ${options.runner?.join(' ')}. There are ${known.map((r) => r.id).join(', ')}.`,
    );
  return { work, all };
}

async function measured(): Promise<Report> {
  const { work, all } = chosen();
  const quick = options.quick === true;
  const settings = {
    rounds: options.rounds ?? (quick ? 5 : 9),
    fewest: Math.min(options.rounds ?? 9, quick ? 2 : 3),
    seconds: quick ? 5 : 60,
    roundSeconds: quick ? 0.1 : 0.4,
    warmSeconds: quick ? 3 : 10,
    log,
  };
  const on = machine();
  say(
    `${machineLine(on)}\nUp to ${settings.rounds} rounds of ${settings.roundSeconds} s or one step each, in ` +
      'turn; medians.',
  );
  const results: Result[] = [];
  for (const [workload, variant] of work) {
    // Each device with its own variants, so that what is compared runs close together.
    const groups = options.ablation
      ? all.filter((r) => r.role === 'ours').map((o) => all.filter((r) => r === o || r.against === o.id))
      : [all];
    for (const group of groups) {
      const result = await measure(workload, variant, group, settings);
      results.push(result);
      say(workloadText(result));
      for (const line of disagreements(result)) process.stderr.write(`Not the same arithmetic! ${line}\n`);
    }
  }
  return { machine: on, results };
}

/** Ours, step by step, with the times of the nodes. */
async function profiles(): Promise<void> {
  const { work, all } = chosen();
  for (const [workload, variant] of work.filter(([w]) => !w.each)) {
    for (const runner of all.filter((r) => r.role === 'ours')) {
      const child = Child.start(runner, workload.name, variant.params);
      try {
        await child.ready();
        const { profile } = await child.ask<{ profile: string | null }>({ profile: true });
        if (profile)
          say(`${workload.title}: ${variant.label}; ${titled(runner.title)}, step by step, a median run\n${profile}`);
      } catch (error) {
        say(`${workload.title}: ${variant.label}; ${titled(runner.title)}: ${(error as Error).message}`);
      } finally {
        child.stop();
      }
    }
  }
}

function earlier(file: string): Report {
  try {
    return fromJson(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return command.error(`error: ${file} does not hold what --json prints: ${(error as Error).message}`);
  }
}

async function main(): Promise<void> {
  // Whoever ends this ends the runners with it: see killWhenDone in child.ts.
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)
    process.on(signal, () => {
      log('');
      process.exit(code);
    });
  process.stdout.on('error', () => process.exit(1));
  if (!options.from) compile();
  if (options.profile) return profiles();
  const report = options.from ? earlier(options.from) : await measured();
  if (options.from) for (const result of report.results) say(workloadText(result));
  if (options.json) process.stdout.write(`${JSON.stringify(toJson(report), null, 2)}\n`);
  else if (options.markdown) process.stdout.write(`${markdown(report)}\n`);
  else say(summary(report));
}
void main();
