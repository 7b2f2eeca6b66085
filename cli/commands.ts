/** The commands' flags. What does the work is loaded when it is wanted: help and wrong flags are answered at once. */
import { Command, Option } from 'commander';
import { DEVICES, LEARNING_RATES, type DoctorFlags, type TrainFlags } from './flags';
import { positiveNumber, wholeNumber } from './usage';

export function trainCommand(): Command {
  const rates = Object.entries(LEARNING_RATES).map(([name, rate]) => `${rate} for ${name}`);
  return new Command('train')
    .description('train a two-layer network on handwritten digits, as tensorflow_tutorial.ts does')
    .option('--steps <n>', 'how many mini-batches to train on', wholeNumber(1), 20000)
    .option('--batch-size <n>', 'pictures per mini-batch', wholeNumber(1), 100)
    .option('--hidden-units <n>', 'size of the hidden layer', wholeNumber(1), 100)
    .option('--learning-rate <x>', `how far a step goes (default: ${rates.join(', ')})`, positiveNumber)
    .addOption(new Option('--optimizer <name>', 'what moves the parameters').choices(Object.keys(LEARNING_RATES)).default('sgd'))
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
    .option('--json', 'one JSON object')
    .addOption(new Option('--probe <device>').choices(DEVICES).hideHelp())
    .action((flags: DoctorFlags) => (require('./doctor') as typeof import('./doctor')).doctor(flags));
}
