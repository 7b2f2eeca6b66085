/** `tfjs-session train`: runs the network of tensorflow_tutorial.ts, and tells how it goes. */
import { errorOf } from '../src/base/thrown';
import { setImmediate } from 'node:timers/promises';
import * as tf from '../src';
import { readData } from './data';
import { Watch } from './diagnose';
import { LEARNING_RATES, type OptimizerName, type TrainFlags } from './flags';
import { buildModel } from './model';
import { checkPlace, recorderTo } from './page';
import { type TrainSettings, reportTo } from './report';
import { fitted } from './text';
import { STOPPED_BY, STOPS, type Stop } from './stopped-by';
import { UsageError, oneLine } from './usage';

/** Some ten times a second the loop lets signals in and draws the bar. */
const BREATH = 100;

/** @throws UsageError  if the flags do not fit the data or this machine */
export async function train(flags: TrainFlags): Promise<void> {
  const { steps, batchSize, hiddenUnits, optimizer, logEvery, seed, json = false } = flags;
  const learningRate = flags.learningRate ?? LEARNING_RATES[optimizer];
  // What --json prints is for programs: they find the device in the first line.
  if (json) process.env.TFJS_SESSION_QUIET = '1';
  if (flags.report !== undefined) checkPlace(flags.report);
  const data = readData(flags);
  if (seed !== undefined) tf.setRandomSeed(seed);
  const model = buildModel({ imageShape: data.train.imageShape, hiddenUnits, optimizer, learningRate });
  const sess = new tf.Session('', { config: { device: flags.device } });
  const device = openDevice(sess, flags);
  const report = reportTo(process.stdout, { json, steps });

  sess.run(model.init);
  const runStep = sess.makeCallable([model.trainStep, model.cost], [model.X, model.Y]);
  const runEvaluation = sess.makeCallable([model.accuracy, model.cost], [model.X, model.Y]);

  const signals = watchSignals();
  const settings: TrainSettings = {
    device,
    steps,
    batchSize,
    hiddenUnits,
    learningRate,
    optimizer,
    seed: seed ?? null,
    dataDir: flags.dataDir ?? null,
  };
  const recorder = flags.report === undefined ? null : recorderTo(flags.report, sess, model, data, flags);
  report.tell({
    event: 'start',
    ...settings,
    trainExamples: data.train.numExamples,
    testExamples: data.test.numExamples,
  });
  const { done, cost, first, seconds } = await loop();
  report.clear();
  const evaluated = (set: 'train' | 'test') => {
    const [accuracy, wholeCost] = runEvaluation(data[set].images, data[set].labels);
    if (!signals.stoppedBy) report.tell({ event: 'eval', set, step: done, accuracy, cost: wholeCost, seconds });
    return { accuracy, cost: wholeCost };
  };
  const onTrain = signals.stoppedBy ? null : evaluated('train');
  const onTest = evaluated('test');
  const { accuracy } = onTest;
  if (recorder) {
    recorder.write(settings, figuresOf({ done, seconds, onTest, onTrain }));
    report.tell({ event: 'report', path: flags.report! });
  }
  report.tell({
    event: 'end',
    step: done,
    steps,
    cost,
    accuracy,
    seconds,
    microsecondsPerStep: (seconds / done) * 1e6,
    device,
    interrupted: signals.stoppedBy,
  });
  if (!json && onTrain && onTrain.cost > first) {
    const [from, to] = [first, onTrain.cost].map((value) => value.toFixed(4));
    const grew = `the cost grew from ${from} at step 0 to ${to}: the steps are too long.`;
    process.stderr.write(`${fitted(`tfjs-session: ${grew}\n  ${slower(learningRate, optimizer)}`, process.stderr)}\n`);
  }
  sess.close();
  signals.leave();
  if (signals.stoppedBy) process.exitCode = STOPPED_BY[signals.stoppedBy];

  async function loop() {
    // Makes floats of all pixels, before the clock starts.
    void data.train.images;
    let started = performance.now();
    const elapsed = () => (performance.now() - started) / 1000;
    const watch = new Watch(sess, model);
    let breathed = started;
    let cost = NaN;
    let first = NaN;
    let done = 0;
    while (done < steps && !signals.stoppedBy) {
      const [images, labels] = data.train.nextBatch(batchSize);
      watch.before(done, images, labels);
      cost = runStep(images, labels)[1];
      if (!Number.isFinite(cost)) {
        report.clear();
        throw new Error(`${watch.finding(done, cost)}\n  ${slower(learningRate, optimizer)}`);
      }
      if (done === 0) first = cost;
      if (done % logEvery === 0) report.tell({ event: 'step', step: done, cost, seconds: elapsed() });
      if (recorder) started += recorder.note(done, cost);
      done++;
      if (performance.now() - breathed > BREATH) {
        report.progress(done, cost, (elapsed() / done) * 1e6);
        await setImmediate();
        breathed = performance.now();
      }
    }
    return { done, cost, first, seconds: elapsed() };
  }
}

interface Signals {
  readonly stoppedBy: Stop | null;
  leave(): void;
}
/** Ends the loop at a signal. Once: whoever presses Ctrl-C again wants out at once. */
function watchSignals(): Signals {
  let stoppedBy: Stop | null = null;
  const stops = STOPS.map((signal) => [signal, () => void (stoppedBy = signal)] as const);
  for (const [signal, stop] of stops) process.once(signal, stop);
  return {
    get stoppedBy() {
      return stoppedBy;
    },
    leave: () => {
      for (const [signal, stop] of stops) process.off(signal, stop);
    },
  };
}
interface Measured {
  readonly accuracy: number;
  readonly cost: number;
}
interface Outcome {
  readonly done: number;
  readonly seconds: number;
  readonly onTest: Measured;
  readonly onTrain: Measured | null;
}
/** The figures at the head of the page. */
function figuresOf({ done, seconds, onTest, onTrain }: Outcome): Readonly<Record<string, tf.ReportCard>> {
  const of = (set: string) => `${set} set, after ${done.toLocaleString('en')} steps`;
  return {
    'Test cost': { value: onTest.cost.toFixed(4), of: of('test') },
    ...(onTrain && {
      'Train accuracy': { value: `${(100 * onTrain.accuracy).toFixed(2)} %`, of: of('training') },
      'Train cost': { value: onTrain.cost.toFixed(4), of: of('training') },
    }),
    Time: {
      value: `${seconds.toFixed(1)} s`,
      of: `${Math.round((seconds / done) * 1e6).toLocaleString('en')} µs per step`,
    },
  };
}

/** With pixels from 0 to 1 and small weights, nothing but too long a step gets there. */
function slower(rate: number, optimizer: OptimizerName): string {
  const usual = LEARNING_RATES[optimizer];
  const proposed = rate > usual ? usual : Number((rate / 10).toPrecision(6));
  const why = proposed === usual ? `, the default of ${optimizer}` : '';
  return `fix: --learning-rate ${proposed} in the place of ${rate}${why}.`;
}

/** Opens the session's device now, while its absence can still be told as what it is. */
function openDevice(sess: tf.Session, { device }: TrainFlags): string {
  try {
    return sess.device.kind;
  } catch (error) {
    if (device === undefined) throw new UsageError(oneLine(errorOf(error).message));
    throw new UsageError(
      `--device ${device}: it cannot be had here. \`npx tfjs-session doctor\` says why; ` +
        'leave the flag out for the fastest that works.',
    );
  }
}
