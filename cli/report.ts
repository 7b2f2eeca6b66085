/** How `train` tells what happens: lines for a person, with a bar on a terminal, or one JSON object per line. */
import { MultiBar, type SingleBar } from 'cli-progress';
import { fitted } from './text';

export interface TrainSettings {
  readonly device: string;
  readonly steps: number;
  readonly batchSize: number;
  readonly hiddenUnits: number;
  readonly learningRate: number;
  readonly optimizer: string;
  readonly seed: number | null;
  readonly dataDir: string | null;
}

/** `seconds` are since the first one began, without the evaluations. */
export type TrainEvent =
  | ({ readonly event: 'start'; readonly trainExamples: number; readonly testExamples: number } & TrainSettings)
  /** Step number `step`, from 0, and its cost: every `--log-every` steps. */
  | { readonly event: 'step'; readonly step: number; readonly cost: number; readonly seconds: number }
  /** Accuracy and cost on a whole set. */
  | {
      readonly event: 'eval';
      readonly set: 'train' | 'test';
      readonly step: number;
      readonly accuracy: number;
      readonly cost: number;
      readonly seconds: number;
    }
  /** The page that `--report` asked for is there. */
  | { readonly event: 'report'; readonly path: string }
  | TrainEnd;

export interface TrainEnd {
  readonly event: 'end';
  readonly step: number;
  readonly steps: number;
  /** Of the last batch. */
  readonly cost: number;
  /** On the test set. */
  readonly accuracy: number;
  readonly seconds: number;
  readonly microsecondsPerStep: number;
  readonly device: string;
  /** The signal that stopped training before its last step. */
  readonly interrupted: NodeJS.Signals | null;
}

export interface Report {
  tell(event: TrainEvent): void;
  /** How far it is, some ten times a second. */
  progress(done: number, cost: number, microsecondsPerStep: number): void;
  /** Takes what is drawn off the terminal. */
  clear(): void;
}

type Output = NodeJS.WriteStream;

/** The report that fits: `json` where asked for, a bar where someone watches, else plain lines. */
export function reportTo(output: Output, { json, steps }: { json: boolean; steps: number }): Report {
  if (json) return jsonLines(output);
  return output.isTTY && process.env.TERM !== 'dumb' ? withBar(output, steps) : plainLines(output);
}

function jsonLines(output: Output): Report {
  return { tell: (event) => void output.write(`${JSON.stringify(event, rounded)}\n`), progress() {}, clear() {} };
}

/** Digits behind the point; of costs and the rest, digits that count: those that a float32 has. */
const DIGITS: Readonly<Record<string, number>> = { seconds: 3, microsecondsPerStep: 1 };
const FIGURES = 6;
function rounded(key: string, value: unknown): unknown {
  if (typeof value !== 'number' || Number.isInteger(value)) return value;
  return Number(key in DIGITS ? value.toFixed(DIGITS[key]) : value.toPrecision(FIGURES));
}

function plainLines(output: Output): Report {
  return { tell: (event) => void output.write(`${fitted(lineOf(event), output)}\n`), progress() {}, clear() {} };
}

/** The columns that the words beside the bar take, without the two numbers of steps. */
const REST_OF_LINE = 60;
/** Below so many columns the words are fewer, and the bar is short. */
const NARROW = 78;
const LOOKS = {
  wide: '{bar} {percentage}% | {value}/{total} | cost {cost} | {pace} µs/step | {left}',
  narrow: '{bar} {percentage}% | cost {cost} | {left}',
} as const;

/** Lines as `plainLines`, above a bar that stays at the bottom while training lasts. */
function withBar(output: Output, steps: number): Report {
  const lines = plainLines(output);
  const bars = new MultiBar({
    stream: output,
    format: LOOKS[output.columns < NARROW ? 'narrow' : 'wide'],
    barCompleteChar: '\u2588',
    barIncompleteChar: '\u2591',
    barsize: Math.min(40, Math.max(8, output.columns - REST_OF_LINE - 2 * String(steps).length)),
    clearOnComplete: true,
    forceRedraw: true,
    // Wrapping stays on: a process that is killed would leave the terminal without.
    linewrap: true,
  });
  let bar: SingleBar | null = null;
  return {
    tell(event) {
      if (bar === null) return lines.tell(event);
      bars.log(`${fitted(lineOf(event), output)}\n`);
      if (event.event === 'step') bar.update(event.step + 1, { cost: event.cost.toFixed(4) });
      bars.update();
    },
    progress(done, cost, microsecondsPerStep) {
      const left = duration(((steps - done) * microsecondsPerStep) / 1e6);
      const shown = { cost: cost.toFixed(4), pace: microsecondsPerStep.toFixed(0), left: `${left} left` };
      if (bar === null) bar = bars.create(steps, done, shown);
      else bar.update(done, shown);
    },
    clear() {
      if (bar !== null) bars.stop();
      bar = null;
    },
  };
}

function lineOf(told: TrainEvent): string {
  switch (told.event) {
    case 'start':
      return (
        `${told.trainExamples} pictures in batches of ${told.batchSize}, ${told.hiddenUnits} hidden units, ` +
        `${told.optimizer} at ${told.learningRate}, ${told.device} device`
      );
    case 'step':
      return `Cost at step ${told.step}: ${told.cost.toFixed(4)}`;
    case 'eval':
      return (
        `${told.set === 'train' ? 'Train' : 'Test'} accuracy: ${percent(told.accuracy)}, ` +
        `cost: ${told.cost.toFixed(4)}`
      );
    case 'report':
      return `Report: ${told.path}`;
    case 'end':
      return told.interrupted
        ? stateOf(told)
        : `${told.steps} steps in ${told.seconds.toFixed(1)} s, ` +
            `${Math.round(told.microsecondsPerStep).toLocaleString('en')} µs per step`;
  }
}

function stateOf({ interrupted, step, steps, cost, accuracy }: TrainEnd): string {
  const by = interrupted === 'SIGINT' ? 'Ctrl-C' : interrupted;
  const reached = `cost ${cost.toFixed(4)}, test accuracy ${percent(accuracy)}`;
  return `Stopped by ${by} after ${step} of ${steps} steps: ${reached}`;
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
