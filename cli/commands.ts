/** The commands' flags. What does the work is loaded when it is wanted: help and wrong flags are answered at once. */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CheckFlags } from './exercise/check';
import type { RunFlags } from './saved-model/run';
import type { ShowFlags } from './saved-model/show';
import type { SweepFlags } from './sweep/sweep';
import { readAxis } from './sweep/points';
import type { CompareFlags } from './exercise/compare';
import { DEVICES, LEARNING_RATES, type DoctorFlags, type ServeFlags, type TrainFlags } from './flags';
import { positiveNumber, wholeNumber } from './usage';

export function trainCommand(): Command {
  const rates = Object.entries(LEARNING_RATES).map(([name, rate]) => `${rate} for ${name}`);
  return new Command('train')
    .description('train a two-layer network on handwritten digits, as tensorflow_tutorial.ts does')
    .option('--steps <n>', 'how many mini-batches to train on', wholeNumber(1), 20000)
    .option('--batch-size <n>', 'pictures per mini-batch', wholeNumber(1), 100)
    .option('--hidden-units <n>', 'size of the hidden layer', wholeNumber(1), 100)
    .option('--learning-rate <x>', `how far a step goes (default: ${rates.join(', ')})`, positiveNumber)
    .addOption(
      new Option('--optimizer <name>', 'what moves the parameters').choices(Object.keys(LEARNING_RATES)).default('sgd'),
    )
    .option('--seed <n>', 'make the weights and the order of the batches repeatable', wholeNumber())
    .addOption(new Option('--device <name>', 'where to run (default: the fastest that is there)').choices(DEVICES))
    .option('--data-dir <dir>', 'IDX files in the format of MNIST (default: the packaged digits)')
    .option('--log-every <n>', 'steps between two lines with the cost', wholeNumber(1), 1000)
    .option('--report <file>', 'write a page about the training, which opens in any browser without network')
    .option('--json', 'one JSON object per line, and nothing else')
    .action((flags: TrainFlags) => (require('./train') as typeof import('./train')).train(flags));
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say which device runs, why, how fast it is, and what to do about what is missing')
    .option('--server <target>', 'try a running server in the place of this machine: grpc://host:port')
    .option('--json', 'one JSON object')
    .addOption(new Option('--probe <device>').choices(DEVICES).hideHelp())
    .action((flags: DoctorFlags) => (require('./doctor') as typeof import('./doctor')).doctor(flags));
}

export function serveCommand(): Command {
  return new Command('serve')
    .description("run the graphs of TensorFlow 1.x programs that open tf.Session('grpc://…') here")
    .option('--port <n>', 'where it listens; 0 for any port that is free', portNumber, 2222)
    .option('--host <address>', "which of the machine's addresses; others than 127.0.0.1 let others in", '127.0.0.1')
    .addOption(new Option('--device <name>', 'where to run (default: the fastest that is there)').choices(DEVICES))
    .option('--allow-files <dir>', 'let graphs read and write files in this folder (default: none)')
    .option('--max-message-mb <n>', 'megabytes of one request', messageSize, 2047)
    .option('--max-step-mb <n>', 'megabytes of the values of one step (default: half of the memory)', wholeNumber(1))
    .option('--max-sessions <n>', 'sessions that are open at the same time', wholeNumber(1), 1024)
    .option('--max-open-steps <n>', 'steps that run or wait at the same time', wholeNumber(1), 4096)
    .option('--json', 'one JSON object once it listens')
    .action((flags: ServeFlags) => (require('./serve') as typeof import('./serve')).serveSessions(flags));
}
function messageSize(text: string): number {
  const value = wholeNumber(1)(text);
  if (value <= 2047) return value;
  throw new InvalidArgumentError('A message has 2047 MB at most.');
}
function portNumber(text: string): number {
  const value = wholeNumber(0)(text);
  if (value < 2 ** 16) return value;
  throw new InvalidArgumentError('Give a port of 0 to 65535.');
}

export function modelCommand(): Command {
  const tags = (): Option => new Option('--tag-set <tags>', 'the tags of the graph that is meant, with commas between');
  const key = (text: string): Option => new Option('--signature <name>', text);
  const showCommand = new Command('show')
    .description('say which graphs a SavedModel has, which signatures, and what these take and give')
    .argument('<dir>', 'the folder')
    .option('--all', 'everything at once')
    .addOption(tags())
    .addOption(key('the signature that is meant'))
    .action((dir: string, flags: ShowFlags) =>
      (require('./saved-model/show') as typeof import('./saved-model/show')).show(dir, flags),
    );
  const runCommand = new Command('run')
    .description('feed files to a signature of a SavedModel, and print what comes out')
    .argument('<dir>', 'the folder')
    .addOption(tags())
    .addOption(key('what is asked').default('serving_default'))
    .requiredOption('--inputs <name=file>', 'a .npy or .json file, or JSON, for each input', collected, [])
    .option('--outdir <dir>', 'write a .npy file for each output')
    .option('--overwrite', 'in the place of files that are there')
    .addOption(new Option('--device <name>', 'where to run (default: the fastest that is there)').choices(DEVICES))
    .option('--json', 'one JSON object')
    .action((dir: string, flags: RunFlags) =>
      (require('./saved-model/run') as typeof import('./saved-model/run')).run(dir, flags),
    );
  const model = new Command('model').description('show and run SavedModels, of TensorFlow also: show, run');
  for (const command of [showCommand, runCommand]) model.addCommand(command);
  return model;
}
function collected(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

export function sweepCommand(): Command {
  return new Command('sweep')
    .description("run a program's train(params) over hyperparameters, in parallel, and say which are the best")
    .argument('<program>', 'a file that exports a function train(params), which returns its metrics')
    .option(
      '--grid <name=values>',
      'values as lr=0.1,0.5, or with --random a range as lr=0.001..1; for each name',
      readAxis,
      [],
    )
    .option('--random <n>', 'draw so many points in place of all', wholeNumber(1))
    .option('--seed <n>', 'of the points that are drawn', wholeNumber(0), 0)
    .option('--jobs <n>', 'runs at a time (default: as many as there are cores)', wholeNumber(1))
    .option('--metric <name>', 'which metric counts (default: the first)')
    .option('--maximize', 'more of it is better (default: where its name says so, as accuracy does)')
    .option('--minimize', 'less of it is better')
    .option('--record <file>', 'where results are kept, and found again (default: <program>.sweep.jsonl, here)')
    .option('--fresh', 'forget what was done before')
    .option('--report <file>', 'write a page with all runs, which opens in any browser without network')
    .option('--json', 'one JSON object per line, and nothing else')
    .action((program: string, flags: SweepFlags) =>
      (require('./sweep/sweep') as typeof import('./sweep/sweep')).sweep(program, flags),
    );
}

function question(text: string): number {
  const value = wholeNumber(1)(text);
  if (value <= 11) return value;
  throw new InvalidArgumentError('The exercise has questions 1 to 11.');
}
export function exerciseCommand(): Command {
  const time = ['--time-limit <seconds>', 'stop the program after this time', positiveNumber] as const;
  const digits = () => new Option('--data-dir <dir>', 'IDX files in the place of the packaged digits');
  const file = ['[file]', 'the program', 'tensorflow_tutorial.ts'] as const;
  const startCommand = new Command('start')
    .description('put a fresh starter into a folder, ready to run')
    .argument('[dir]', 'the folder', '.')
    .option('--no-install', 'do not run npm install there')
    .action((dir: string, flags: { install: boolean }) =>
      (require('./exercise/start') as typeof import('./exercise/start')).start(dir, flags),
    );
  const checkCommand = new Command('check')
    .description('run a program under observation and judge its answers: exit code 0 for eleven ticks')
    .argument(...file)
    .option('--hint <question>', 'say more about a question', question)
    .option('--solution <question>', 'show one answer to a question', question)
    .option('--quick', 'run 300 training steps only')
    .option('--report <file>', 'write a page about the training, which opens in any browser without network')
    .option('--json', 'one JSON object, for teachers')
    .option(...time)
    .addOption(digits())
    .action((name: string, flags: CheckFlags) =>
      (require('./exercise/check') as typeof import('./exercise/check')).check(name, flags),
    );
  const compareCommand = new Command('compare')
    .description('run a variant beside the reference: accuracy, cost, time')
    .argument(...file)
    .option('--quick', 'train both for 2,000 steps only')
    .option('--json', 'one JSON object')
    .option(...time)
    .addOption(digits())
    .action((name: string, flags: CompareFlags) =>
      (require('./exercise/compare') as typeof import('./exercise/compare')).compare(name, flags),
    );
  const exercise = new Command('exercise').description(
    'the tutorial as an exercise of eleven questions: start, check, compare',
  );
  for (const command of [startCommand, checkCommand, compareCommand]) exercise.addCommand(command);
  return exercise;
}
