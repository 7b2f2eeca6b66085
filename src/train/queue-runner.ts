/** `tf.train.QueueRunner`: fills a queue, while runs empty it. After TensorFlow 1.15's queue_runner_impl. */
import { isList, worded } from '../base/border';
import { CancelledError, OpError, OutOfRangeError, RuntimeError, TypeError_, ValueError } from '../base/errors';
import { tell } from '../base/logging';
import { textOf } from '../base/preview';
import { type Args, bound, constructorOf, signature } from '../calls/bind';
import { type ErrorClass, errorClass, errorCodeFromExceptionType } from '../errors/codes';
import { QUEUE_RUNNER_DEF } from '../format/messages';
import type { MessageOf } from '../format/message';
import { GraphKeys } from '../graph/keys';
import { type Graph, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import type { AnyQueue } from '../queues/queue';
import { BaseSession, runAgain } from '../session/base-session';
import { getDefaultSession } from '../session/session';
import { type Coordinator, isStopped, messageOf } from './coordinator';
import { type QueueThread, RunnerThread } from './queue-thread';

/** A queue runner as a message: the names of its nodes. */
export type QueueRunnerDef = MessageOf<typeof QUEUE_RUNNER_DEF.fields>;
/** A queue, or the node of one that was imported. */
type Filled = AnyQueue | Tensor | Operation;
type Node = Operation | Tensor;
type Taken = [
  queue?: Filled,
  enqueueOps?: readonly Node[],
  closeOp?: Node,
  cancelOp?: Node,
  queueClosedExceptionTypes?: readonly ErrorClass[],
  queueRunnerDef?: QueueRunnerDef,
  importScope?: string,
];
type Threads = [sess: BaseSession, coord?: Coordinator, daemon?: boolean, start?: boolean];
const QUEUE_RUNNER = constructorOf<Taken>('train.QueueRunner');
const CREATE_THREADS = signature<Threads>('train.QueueRunner.create_threads');
const TO_PROTO = signature<[exportScope?: string]>('train.QueueRunner.to_proto');
const FROM_PROTO = signature<[def: QueueRunnerDef, importScope?: string]>('train.QueueRunner.from_proto');

/**
 * Runs the ops that fill a queue, again and again, until there is no more to put in; then it closes the queue.
 *
 *     const queue = new tf.FIFOQueue(4, tf.float32, []);
 *     const runner = new tf.train.QueueRunner(queue, [queue.enqueue(tf.randomUniform([], { seed: 1 }))]);
 *     tf.train.addQueueRunner(runner);
 *     const two = queue.dequeueMany(2);
 *     const coord = new tf.train.Coordinator();
 *     const threads = tf.train.startQueueRunners(sess, coord);
 *     sess.run(two).shape   // [2]
 *     coord.requestStop();
 *     coord.join(threads);
 *
 * JavaScript has one thread: the ops are run when a run has to wait for an element, and not before. So what comes out
 * of a queue does not depend on the clock.
 */
export class QueueRunner {
  /** What it fills. */
  readonly queue: Filled;
  /** What fills it: each has a thread of its own. */
  readonly enqueueOps: readonly Node[];
  /** Runs when all of them have ended. */
  readonly closeOp: Node;
  /** Runs when a stop is asked for. */
  readonly cancelOp: Node;
  /** Errors that say that there is no more to put in. */
  readonly queueClosedExceptionTypes: readonly ErrorClass[];
  private raised: unknown[] = [];
  private readonly threadsOf = new WeakMap<BaseSession, number>();
  /**
   * Makes one; `startQueueRunners` starts it, where it is in the collection QUEUE_RUNNERS.
   *
   * @param queue                      what is filled
   * @param enqueueOps                 what fills it, a list
   * @param closeOp                    closes it; `queue.close()` where not given
   * @param cancelOp                   closes it at once; `queue.close(true)` where not given
   * @param queueClosedExceptionTypes  classes of errors that say that there is no more: OutOfRangeError where not given
   * @param queueRunnerDef             the names of the nodes of one, in the place of the nodes
   * @param importScope                in which scope these were imported
   * @throws ValueError  without a queue or ops; TypeError  for error types that are none
   */
  constructor(...given: Args<'train.QueueRunner', Taken>) {
    const [queue, ops, closeOp, cancelOp, types, def, importScope] = QUEUE_RUNNER.take(given);
    if (def) {
      if (queue || ops) throw new ValueError('queue_runner_def and queue are mutually exclusive.');
      const find = finder(getDefaultGraph(), importScope ?? null);
      this.queue = find(def.queueName);
      this.enqueueOps = def.enqueueOpName.map(find);
      this.closeOp = find(def.closeOpName);
      this.cancelOp = find(def.cancelOpName);
      const said = def.queueClosedExceptionTypes.flatMap((code) => errorClass(code) ?? []);
      this.queueClosedExceptionTypes = said.length ? said : [OutOfRangeError];
      return;
    }
    if (!queue || !ops?.length) throw new ValueError('Must provide queue and enqueue_ops.');
    checkTypes(types);
    this.queue = queue;
    this.enqueueOps = ops;
    this.closeOp = closeOp ?? closing(queue, false);
    this.cancelOp = cancelOp ?? closing(queue, true);
    this.queueClosedExceptionTypes = types ?? [OutOfRangeError];
  }
  /** From what `toProto` gave. */
  static fromProto(
    ...given: Args<'train.QueueRunner.from_proto', [queueRunnerDef: QueueRunnerDef, importScope?: string]>
  ): QueueRunner {
    const [queueRunnerDef, importScope] = FROM_PROTO.take(given);
    return new QueueRunner({ queueRunnerDef, importScope: importScope ?? null });
  }
  /** The name of its queue. */
  get name(): string {
    return this.queue.name;
  }
  /** What its threads threw, where they had no coordinator to tell. */
  get exceptionsRaised(): readonly unknown[] {
    return this.raised;
  }
  /**
   * What runs the ops in a session: a thread for each. They go on when a run of this process waits.
   *
   * @param sess    the session
   * @param coord   is told of errors, and says when to stop
   * @param daemon  has no effect: none keeps the process alive
   * @param start   whether they begin at once; false where not given
   * @returns  the threads; none where they were made for this session before, and go on
   */
  createThreads(...given: Args<'train.QueueRunner.create_threads', Threads>): QueueThread[] {
    const [sess, coord, , start = false] = CREATE_THREADS.take(given);
    if (this.threadsOf.get(sess)) return [];
    this.threadsOf.set(sess, this.enqueueOps.length);
    this.raised = [];
    const threads: RunnerThread[] = this.enqueueOps.map((op) => this.filling(sess, op, coord ?? null));
    if (coord) threads.push(this.closing(sess, coord));
    for (const thread of threads) {
      coord?.registerThread(thread);
      if (start) thread.start();
    }
    return threads;
  }
  private filling(sess: BaseSession, op: Node, coord: Coordinator | null): RunnerThread {
    const goesOn = (): boolean => !(coord && isStopped(coord));
    let cancel: ((error: Error) => void) | null = null;
    const thread = new RunnerThread(`QueueRunnerThread-${this.name}-${op.name}`, {
      start: () => {
        cancel = runAgain(sess, op, { goesOn, ended: (error) => this.ended(sess, coord, error, thread) });
      },
      end: () => cancel?.(new RuntimeError('The queue runner was stopped.')),
    });
    return thread;
  }
  /** A thread is over: what it threw, or null. */
  private ended(sess: BaseSession, coord: Coordinator | null, error: unknown, thread: RunnerThread): void {
    thread.isOver();
    const left = (this.threadsOf.get(sess) ?? 1) - 1;
    this.threadsOf.set(sess, left);
    if (error === null) return;
    if (this.queueClosedExceptionTypes.some((type) => error instanceof type)) {
      if (left === 0) quietly(sess, this.closeOp);
      return;
    }
    if (coord) return coord.requestStop(error);
    // The session is closed: nobody misses it.
    if (error instanceof CancelledError) return;
    tell('ERROR', `Exception in QueueRunner: ${messageOf(error)}`);
    this.raised.push(error);
  }
  private closing(sess: BaseSession, coord: Coordinator): RunnerThread {
    const thread = new RunnerThread(`QueueRunnerThread-${this.name}-close_on_stop`, {
      start: () => {
        if (isStopped(coord)) thread.stopped();
      },
      stopped: () => {
        quietly(sess, this.cancelOp);
        thread.isOver();
      },
    });
    return thread;
  }
  /** The names of its nodes; null where it is outside of `exportScope`. */
  toProto(...given: Args<'train.QueueRunner.to_proto', [exportScope?: string]>): QueueRunnerDef | null {
    const [scope] = TO_PROTO.take(given);
    if (scope && !this.name.startsWith(scope)) return null;
    const nameOf = ({ name }: { readonly name: string }): string =>
      scope && name.startsWith(`${scope}/`) ? name.slice(scope.length + 1) : name;
    return QUEUE_RUNNER_DEF.make({
      queueName: nameOf(this.queue),
      enqueueOpName: this.enqueueOps.map(nameOf),
      closeOpName: nameOf(this.closeOp),
      cancelOpName: nameOf(this.cancelOp),
      queueClosedExceptionTypes: this.queueClosedExceptionTypes.map((type) => Number(errorCodeFromExceptionType(type))),
    });
  }
}
function checkTypes(types: unknown): void {
  if (types === undefined || types === null) return;
  const isOne = (type: unknown): boolean => typeof type === 'function' && type.prototype instanceof OpError;
  if (isList(types) && types.length && types.every(isOne)) return;
  throw new TypeError_(
    `queue_closed_exception_types, when provided, must be a tuple of tf.error types, but saw: ${worded(types)}`,
  );
}
function closing(queue: Filled, cancel: boolean): Node {
  if ('queueRef' in queue) return queue.close(cancel);
  throw new ValueError(
    'queue must be a queue of tf.queue where it is to be closed: closeOp and cancelOp are not given.',
  );
}
function finder(graph: Graph, scope: string | null): (name: string) => Node {
  return (name) => graph.asGraphElement(scope ? `${scope}/${name}` : name);
}
/** Runs an op whose error nobody misses: the queue is closed, or the session. */
function quietly(sess: BaseSession, op: Node): void {
  try {
    sess.run(op);
  } catch (error) {
    tell('DEBUG', `Ignored exception: ${messageOf(error)}`);
  }
}

/**
 * Adds a queue runner to the collection from which `startQueueRunners` starts them.
 *
 *     const queue = new tf.FIFOQueue(4, tf.float32, []);
 *     tf.train.addQueueRunner(new tf.train.QueueRunner(queue, [queue.enqueue(1)]));
 *     tf.getCollection(tf.GraphKeys.QUEUE_RUNNERS).length   // 1
 *
 * @param qr          a `tf.train.QueueRunner`
 * @param collection  the collection's name; QUEUE_RUNNERS where not given
 */
export const addQueueRunner = bound(
  'train.add_queue_runner',
  (qr: QueueRunner, collection: string = GraphKeys.QUEUE_RUNNERS): void => {
    getDefaultGraph().addToCollection(collection, qr);
  },
);
/**
 * Starts the queue runners of the graph: from here on, runs that wait for an element of a queue are served.
 *
 *     const queue = new tf.FIFOQueue(4, tf.float32, []);
 *     tf.train.addQueueRunner(new tf.train.QueueRunner(queue, [queue.enqueue(1)]));
 *     const one = queue.dequeue();
 *     tf.train.startQueueRunners(sess);
 *     sess.run(one)   // 1
 *
 * @param sess        the session; the default one where not given
 * @param coord       says when to stop
 * @param daemon      has no effect
 * @param start       false to make the threads, and begin later with `thread.start()`; true where not given
 * @param collection  which queue runners; QUEUE_RUNNERS where not given
 * @returns  the threads
 * @throws ValueError  where there is no session; TypeError  for what is none
 */
export const startQueueRunners = bound(
  'train.start_queue_runners',
  (
    sess: BaseSession | null = null,
    coord: Coordinator | null = null,
    daemon: boolean = true,
    start: boolean = true,
    collection: string = GraphKeys.QUEUE_RUNNERS,
  ): QueueThread[] => {
    const session = sess ?? getDefaultSession();
    if (!session)
      throw new ValueError(
        'Cannot start queue runners: No default session is registered. Use `with sess.as_default()` or pass an ' +
          'explicit session to tf.start_queue_runners(sess=sess)',
      );
    // A monitored one has started them.
    if (isMonitored(session)) return [];
    if (!(session instanceof BaseSession))
      throw new TypeError_(`sess must be a \`tf.Session\` object. Given class: ${textOf(session)}`);
    const runners = getDefaultGraph().getCollection<QueueRunner>(collection);
    if (!runners.length)
      tell(
        'WARN',
        '`tf.train.start_queue_runners()` was called when no queue runners were defined. You can safely remove the ' +
          'call to this deprecated function.',
      );
    return session.graph.asDefault(() =>
      runners.flatMap((runner) => runner.createThreads(session, coord, daemon, start)),
    );
  },
);
const isMonitored = (sess: object): boolean => 'rawSession' in sess || 'runStepFn' in sess;
