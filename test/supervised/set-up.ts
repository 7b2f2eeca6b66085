/** What the programs of supervised trainings share: the model, watchers, and what is written down. */
import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { LEVELS, setVerbosity, verbosity } from '../../src/base/logging';

/** Writes down what it is called for. */
export class Seen extends tf.train.SessionRunHook {
  constructor(
    private readonly log: unknown[],
    private readonly fetch: tf.Tensor | tf.Variable | null = null,
    private readonly fails: ((at: number) => void) | null = null,
  ) {
    super();
  }
  override begin(): void {
    this.log.push('begin');
  }
  override afterCreateSession(): void {
    this.log.push('after_create_session');
  }
  override beforeRun(): tf.train.SessionRunArgs | null {
    this.log.push('before_run');
    return this.fetch && new tf.train.SessionRunArgs(this.fetch);
  }
  override afterRun(_: tf.train.SessionRunContext, { results }: tf.train.SessionRunValues): void {
    this.log.push(`after_run ${results ?? 'None'}`);
    this.fails?.(Number(results));
  }
  override end(): void {
    this.log.push('end');
  }
}
/** The same of checkpoints. */
export class Heard extends tf.train.CheckpointSaverListener {
  constructor(
    private readonly log: unknown[],
    private readonly stops: number,
  ) {
    super();
  }
  override begin(): void {
    this.log.push('listener begin');
  }
  override beforeSave(_: tf.Session, step: number): void {
    this.log.push(`before_save ${step}`);
  }
  override afterSave(_: tf.Session, step: number): boolean {
    this.log.push(`after_save ${step}`);
    return step === this.stops;
  }
  override end(_: tf.Session, step: number): void {
    this.log.push(`listener end ${step}`);
  }
}
/** The least there is to train. */
export function model() {
  const x = tf.placeholderWithDefault([1, 3], [null], { name: 'x' });
  const w = tf.getVariable('w', [], { initializer: tf.zerosInitializer() });
  tf.getLocalVariable('seen', [], { initializer: tf.zerosInitializer() });
  const loss = tf.reduceMean(tf.square(x.sub(w)), { name: 'loss' });
  tf.summary.scalar('loss', loss);
  const step = tf.train.getOrCreateGlobalStep();
  const train = new tf.train.GradientDescentOptimizer(0.1).minimize(loss, step);
  return { train, loss, step, x, w };
}
export function fails(log: unknown[], call: () => unknown): void {
  try {
    call();
    log.push('no error');
  } catch (error) {
    const { name, message } = error as Error;
    log.push(`${name}: ${message.split('\n')[0]}`);
  }
}
/** The files of a folder, its checkpoints, and what the last event file says. */
export function files(log: unknown[], folder: string): void {
  const names = readdirSync(folder);
  log.push([...new Set(names.map((name) => (name.startsWith('events') ? 'events' : name)))].sort());
  const state = tf.train.getCheckpointState(folder);
  log.push(state && state.allModelCheckpointPaths.map((name) => path.basename(name)));
  tf.summary.FileWriterCache.clear();
  const events = names.filter((name) => name.startsWith('events')).sort();
  if (!events.length) return;
  for (const event of tf.train.summaryIterator(path.join(folder, events[events.length - 1]))) {
    const { sessionLog, summary, step } = event;
    const value = (v: tf.SummaryValue): string =>
      `${v.tag} ${v.tag.endsWith('/sec') ? 'x' : Number(v.simpleValue).toFixed(5)}`;
    if (sessionLog) log.push(`${step} session ${sessionLog.status} ${path.basename(sessionLog.checkpointPath)}`);
    else if (summary) log.push(`${step} summary ${summary.value.map(value).join(' ')}`);
    else log.push(`${step} ${event.fileVersion ? 'file_version' : event.graphDef ? 'graph_def' : 'meta_graph_def'}`);
  }
}
/** The lines that are told meanwhile, without those of the session itself. */
export function told(body: () => unknown): string[] {
  const before = verbosity();
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    lines.push(String(text).trimEnd());
    return true;
  });
  setVerbosity(LEVELS.INFO);
  try {
    body();
  } finally {
    setVerbosity(before);
    spy.mockRestore();
  }
  return lines
    .map((line) => line.replace(/^[A-Z]+:tensorflow:/, ''))
    .filter((line) => !/^(Graph was|Running|Done)/.test(line));
}
