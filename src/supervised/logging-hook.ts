/** The hook that prints values while a training goes on. */
import { ValueError } from '../base/errors';
import { isList } from '../base/border';
import { tell } from '../base/logging';
import { entriesOf } from '../base/mapping';
import { textOf } from '../base/preview';
import { type Args, constructorOf } from '../calls/bind';
import { isConvertible } from '../graph/constant';
import { Operation, Tensor, getDefaultGraph } from '../graph/graph';
import type { Fetches } from '../session/fetch';
import type { Session } from '../session/session';
import { SessionRunArgs, type SessionRunContext, SessionRunHook, type SessionRunValues } from './hook';
import { NEVER, SecondOrStepTimer, type Timer } from './timer';

type One = Exclude<Fetches, readonly Fetches[] | { readonly [key: string]: Fetches }> | Tensor | string;
/** What is printed: tensors or their names, in a list, or under the words that stand before their values. */
export type Printed = readonly One[] | Readonly<Record<string, One>> | ReadonlyMap<string, One>;
/** A line from the values, by what stands before them. */
export type Formatter = (values: ReadonlyMap<unknown, unknown>) => string;
type Taken = [tensors: Printed, everyNIter?: number, everyNSecs?: number, atEnd?: boolean, formatter?: Formatter];
const LOGGING_HOOK = constructorOf<Taken>('train.LoggingTensorHook');

/**
 * Prints values every so many steps or seconds, as lines of level INFO: `tf.logging.setVerbosity(tf.logging.INFO)`
 * lets them be seen.
 *
 *     const loss = tf.constant(0.5, { name: 'loss' });
 *     const lines = [];
 *     const formatter = (values) => { lines.push(values.get('loss')); return 'loss'; };
 *     const hooks = [new tf.train.LoggingTensorHook({ loss }, { everyNIter: 2, formatter })];
 *     const session = new tf.train.SingularMonitoredSession({ hooks });
 *     for (let step = 0; step < 4; step++) session.run(loss);
 *     session.close();
 *     lines   // [0.5, 0.5]
 */
export class LoggingTensorHook extends SessionRunHook {
  private readonly tensors: ReadonlyMap<unknown, One>;
  private readonly atEnd: boolean;
  private readonly formatter: Formatter | null;
  private readonly timer: Timer;
  private fetches: Fetches[] = [];
  private count = 0;
  private due = false;
  /**
   * Takes what to print, and when.
   *
   * @param tensors     tensors or their names, in a list, or as an object or Map by the words that stand before them
   * @param everyNIter  steps from one line to the next
   * @param everyNSecs  seconds from one line to the next
   * @param atEnd       prints a line at the end, too
   * @param formatter   makes a line from a Map of values
   * @throws ValueError  for none or both of `everyNIter` and `everyNSecs`, unless `atEnd` is all
   */
  constructor(...given: Args<'train.LoggingTensorHook', Taken>) {
    super();
    const [tensors, everySteps, everySecs, atEnd = false, formatter] = LOGGING_HOOK.take(given);
    const onlyAtEnd = atEnd && everySteps === undefined && everySecs === undefined;
    if (!onlyAtEnd && (everySteps === undefined) === (everySecs === undefined))
      throw new ValueError(
        'either at_end and/or exactly one of every_n_iter and every_n_secs must be provided.' +
          '\n  fix: new tf.train.LoggingTensorHook({ loss }, { everyNIter: 100 }).',
      );
    if (everySteps !== undefined && !(everySteps > 0)) throw new ValueError(`invalid every_n_iter=${everySteps}.`);
    this.tensors = tagged(tensors);
    this.atEnd = atEnd;
    this.formatter = formatter ?? null;
    this.timer = onlyAtEnd ? NEVER : new SecondOrStepTimer({ everySecs, everySteps });
  }
  /** Finds the tensors in the default graph. @throws ValueError, KeyError  for one that is not in it */
  override begin(): void {
    this.timer.reset();
    this.count = 0;
    this.fetches = [...this.tensors.values()].map(elementOf);
  }
  /** Asks for the values where it is time. */
  override beforeRun(): SessionRunArgs | null {
    this.due = this.timer.shouldTriggerForStep(this.count);
    return this.due ? new SessionRunArgs(this.fetches) : null;
  }
  /** Prints them. */
  override afterRun(_context: SessionRunContext, { results }: SessionRunValues): void {
    if (this.due) this.print(results as unknown[]);
    this.count++;
  }
  /** Prints them a last time. */
  override end(session: Session): void {
    if (this.atEnd) this.print(session.run(this.fetches) as unknown[]);
  }
  private print(values: readonly unknown[]): void {
    const [secs] = this.timer.updateLastTriggeredStep(this.count);
    const tags = [...this.tensors.keys()];
    if (this.formatter) {
      tell('INFO', this.formatter(new Map(tags.map((tag, i) => [tag, values[i]]))));
      return;
    }
    const line = tags.map((tag, i) => `${textOf(tag)} = ${textOf(values[i])}`).join(', ');
    tell('INFO', secs === null ? line : `${line} (${secs.toFixed(3)} sec)`);
  }
}
function tagged(tensors: Printed): ReadonlyMap<unknown, One> {
  if (isList(tensors)) return new Map((tensors as readonly One[]).map((each) => [each, each]));
  const entries = entriesOf<One>(
    tensors,
    'tensors must be a list, or a dictionary of tensors by what they are called.',
  );
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
/** A tensor of the default graph; an operation's name stands for its one output. */
function elementOf(given: One): Fetches {
  const graph = getDefaultGraph();
  if (typeof given !== 'string') {
    const node = isConvertible(given) ? given.asTensor(true) : given;
    if (!(node instanceof Tensor || node instanceof Operation) || node.graph !== graph)
      throw new ValueError(
        `Passed ${textOf(given)} should have graph attribute that is equal to current graph ${textOf(graph)}.`,
      );
    return node;
  }
  if (given.includes(':')) return graph.getTensorByName(given);
  const tensor = graph.getTensorByName(`${given}:0`);
  if (tensor.op.outputs.length > 1)
    throw new ValueError(`Name ${given} is ambiguous, as this \`Operation\` has multiple outputs (at least 2).`);
  return tensor;
}
