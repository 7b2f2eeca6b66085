/** What a supervisor takes, and what it finds in a graph or makes there. */
import { ValueError } from '../base/errors';
import { tell } from '../base/logging';
import { constructorOf, signature } from '../calls/bind';
import { grouped } from '../control/group';
import { type Graph, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import type { Feeds } from '../graph/runner';
import type { SessionConfig } from '../session/config';
import type { RunOptions } from '../session/metadata';
import type { Session } from '../session/session';
import type { FileWriter, StepNumber, SummaryLike } from '../summary/file-writer';
import { mergeAll } from '../summary/nodes';
import type { Counter } from '../train/global-step';
import { Saver } from '../train/saver/saver';
import {
  globalVariables,
  globalVariablesInitializer,
  localVariablesInitializer,
  reportUninitializedVariables,
  tablesInitializer,
} from '../variables/collections';
import type { Worker } from '../train/coordinator';
import type { QueueRunner } from '../train/queue-runner';
import type { Target } from './looper';
import type { InitOp } from './scaffold';
import type { SessionManager } from './session-manager';

export type Ready = Operation | Tensor;
export type Step = Counter | Tensor;
export type Taken = [
  graph?: Graph,
  readyOp?: Ready | null,
  readyForLocalInitOp?: Ready | null,
  isChief?: boolean,
  initOp?: InitOp | null,
  initFeedDict?: Feeds,
  localInitOp?: InitOp | null,
  logdir?: string,
  summaryOp?: Tensor | null,
  saver?: Saver | null,
  globalStep?: Step | null,
  saveSummariesSecs?: number | null,
  saveModelSecs?: number,
  recoveryWaitSecs?: number,
  stopGraceSecs?: number,
  checkpointBasename?: string,
  sessionManager?: SessionManager,
  summaryWriter?: FileWriter | null,
  initFn?: (session: Session) => void,
  localInitRunOptions?: Partial<RunOptions>,
];
export const SUPERVISOR = constructorOf<Taken>('train.Supervisor');
export type Prepare = [
  master?: string,
  config?: SessionConfig,
  waitForCheckpoint?: boolean,
  maxWaitSecs?: number,
  startStandardServices?: boolean,
];
export const PREPARE = signature<Prepare>('train.Supervisor.prepare_or_wait_for_session');
export const START_QUEUE_RUNNERS = signature<[sess: Session, queueRunners?: readonly QueueRunner[]]>(
  'train.Supervisor.start_queue_runners',
);
export type Managed = [
  master?: string,
  config?: SessionConfig,
  startStandardServices?: boolean,
  closeSummaryWriter?: boolean,
];
type Config = SessionConfig | null;
type Flag = boolean | null;
/** By place, with the body of the block last. */
export type ManagedBlock<Body> =
  | [master: string | null, body: Body]
  | [master: string | null, config: Config, body: Body]
  | [master: string | null, config: Config, startStandardServices: Flag, body: Body]
  | [master: string | null, config: Config, startStandardServices: Flag, closeSummaryWriter: Flag, body: Body];
export const MANAGED = signature<Managed>('train.Supervisor.managed_session');
export type Stop = [threads?: readonly Worker[], closeSummaryWriter?: boolean, ignoreLiveThreads?: boolean];
export const STOP = signature<Stop>('train.Supervisor.stop');
export type Loop = [timerIntervalSecs: number | null, target: Target, args?: readonly unknown[], kwargs?: object];
export const LOOP = signature<Loop>('train.Supervisor.loop');
export type Computed = [sess: Session, summary: SummaryLike, globalStep?: StepNumber];
export const COMPUTED = signature<Computed>('train.Supervisor.summary_computed');

/** The first of a collection; null where it has none. */
function firstOf<T>(key: string): T | null {
  const all = getDefaultGraph().getCollection<T>(key);
  if (all.length > 1) tell('INFO', `Found ${all.length} ${key} operations. Returning the first one.`);
  return all[0] ?? null;
}
/** What is given; else the first of a collection; else what is made, which goes there. */
function settled<T>(given: T | null | undefined, key: string, make: () => T | null): T | null {
  if (given !== undefined) return given;
  const known = firstOf<T>(key);
  if (known !== null) return known;
  const made = make();
  if (made !== null) getDefaultGraph().addToCollection(key, made);
  return made;
}
function stepTensor(): Tensor | null {
  const op = getDefaultGraph()
    .getOperations()
    .find(({ name }) => name === 'global_step');
  const found = op?.outputs[0] ?? null;
  if (found && !['int32', 'int64'].includes(found.dtype.baseDtype.name)) {
    tell('WARN', `Found 'global_step' is not an int type: ${found.dtype.name}`);
    return null;
  }
  return found;
}

/** The nodes of a supervisor: what is given, what the default graph has, or what is made. */
export function piecesOf(
  readyOp?: Ready | null,
  readyForLocalInitOp?: Ready | null,
  initOp?: InitOp | null,
  localInitOp?: InitOp | null,
  saver?: Saver | null,
  summaryOp?: Tensor | null,
  step?: Step | null,
) {
  return {
    ready: settled<Ready>(readyOp, GraphKeys.READY_OP, () => reportUninitializedVariables()),
    readyForLocal:
      readyForLocalInitOp === undefined ? firstOf<Ready>(GraphKeys.READY_FOR_LOCAL_INIT_OP) : readyForLocalInitOp,
    init: settled<InitOp>(initOp, GraphKeys.INIT_OP, () => globalVariablesInitializer()),
    local: settled<InitOp>(localInitOp, GraphKeys.LOCAL_INIT_OP, () =>
      grouped([localVariablesInitializer(), tablesInitializer()]),
    ),
    saver: settled(saver, GraphKeys.SAVERS, () => (globalVariables().length ? new Saver() : null)),
    summaries: settled<Tensor>(summaryOp, GraphKeys.SUMMARY_OP, () => mergeAll()),
    step: settled<Step>(step, GraphKeys.GLOBAL_STEP, stepTensor),
  };
}

/** @throws ValueError  for a variable that may be on any device: replicas would not share it */
export function checkDevices(graph: Graph): void {
  const without = graph.getOperations().find((op) => /^Variable(V2)?$/.test(op.type) && !op.device);
  if (without) throw new ValueError(`When using replicas, all Variables must have their device set: ${without.name}`);
}
