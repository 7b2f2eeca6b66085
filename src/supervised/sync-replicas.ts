/** Workers that take each step together. After TensorFlow 1.15's sync_replicas_optimizer. */
import { int32 } from '../base/dtype';
import { RuntimeError, ValueError } from '../base/errors';
import { tell } from '../base/logging';
import { type Args, constructorOf, signature } from '../calls/bind';
import { grouped } from '../control/group';
import { convertToTensor } from '../graph/constant';
import { IndexedSlices, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { noOp } from '../ops/control';
import { fill } from '../ops/fill';
import { ConditionalAccumulator, SparseConditionalAccumulator } from '../queues/accumulators';
import { FIFOQueue } from '../queues/kinds';
import {
  APPLY_GRADIENTS,
  type Applied,
  type ComputedGradient,
  type GradAndVar,
  type Gradient,
} from '../train/arguments';
import type { Averaged, ExponentialMovingAverage } from '../train/moving-average';
import { checkStep, checkVariable, checkedPairs } from '../train/checks';
import { Optimizer } from '../train/optimizer';
import { QueueRunner } from '../train/queue-runner';
import { globalVariables, reportUninitializedVariables } from '../variables/collections';
import { assign } from '../variables/update';
import { Variable } from '../variables/variable';
import type { Hook } from './hook';
import { SyncReplicasHook } from './sync-replicas-hook';

type Taken = [
  opt: Optimizer,
  replicasToAggregate: number,
  totalNumReplicas?: number,
  variableAverages?: ExponentialMovingAverage,
  variablesToAverage?: readonly Averaged[],
  useLocking?: boolean,
  name?: string,
];
const SYNC_REPLICAS = constructorOf<Taken>('train.SyncReplicasOptimizer');
const INIT_TOKENS = signature<[numTokens?: number]>('train.SyncReplicasOptimizer.get_init_tokens_op');
const MAKE_HOOK = signature<[isChief: boolean, numTokens?: number]>(
  'train.SyncReplicasOptimizer.make_session_run_hook',
);
type Accumulator = ConditionalAccumulator | SparseConditionalAccumulator;
/** What `applyGradients` makes beside the operation for a step. */
interface Parts {
  readonly globalStep: Variable;
  readonly tokens: FIFOQueue<typeof int32>;
  readonly runner: QueueRunner;
  readonly localStepInit: Operation;
  readonly chiefInit: Operation;
  readonly ready: Tensor;
}
const FIRST = 'Should be called after apply_gradients().';

/**
 * Lets workers take each step together: the gradients of all are averaged, applied once, and then each gets a token for
 * its next step. Those of a worker that is a step behind are dropped.
 *
 *     const w = new tf.Variable(1, { name: 'w' });
 *     const step = tf.train.getOrCreateGlobalStep();
 *     const plain = new tf.train.GradientDescentOptimizer(0.1);
 *     const optimizer = new tf.train.SyncReplicasOptimizer(plain, 1);
 *     const trainOp = optimizer.minimize(w.square(), step);
 *     const hooks = [optimizer.makeSessionRunHook(true)];
 *     const session = tf.train.MonitoredTrainingSession({ hooks });
 *     session.run(trainOp);
 *     session.run(trainOp);   // waits for its token, which comes with the new value
 *     session.run(w)          // 0.8
 *     session.close();
 */
export class SyncReplicasOptimizer extends Optimizer {
  private readonly opt: Optimizer;
  private readonly toAggregate: number;
  private readonly total: number;
  private readonly averages: ExponentialMovingAverage | null;
  private readonly averaged: readonly Averaged[] | null;
  private parts: Parts | null = null;
  /**
   * Makes the optimizer; `minimize` makes its nodes.
   *
   * @param opt                  what applies the averaged gradients
   * @param replicasToAggregate  how many gradients make a step
   * @param totalNumReplicas     how many workers there are; as many where not given
   * @param variableAverages     averages of variables, which go on with each step
   * @param variablesToAverage   which variables these are
   * @param useLocking           has no effect: updates of one variable do not meet here
   */
  constructor(...given: Args<'train.SyncReplicasOptimizer', Taken>) {
    const [opt, toAggregate, total, averages, averaged, locking = false, name = 'sync_replicas'] =
      SYNC_REPLICAS.take(given);
    super(locking, name);
    this.opt = opt;
    this.toAggregate = toAggregate;
    this.total = total ?? toAggregate;
    this.averages = averages ?? null;
    this.averaged = averaged ?? null;
    tell('INFO', `SyncReplicasV2: replicas_to_aggregate=${toAggregate}; total_num_replicas=${this.total}`);
  }
  /** The gradients, as the other optimizer computes them. */
  override computeGradients(...args: Args<'train.Optimizer.compute_gradients', never[]>): ComputedGradient[] {
    return this.opt.computeGradients(...args);
  }
  /**
   * Puts the gradients into accumulators, and waits for a token, which comes when enough of them were applied.
   *
   * @param gradsAndVars  as `computeGradients` gives them
   * @param globalStep    counts the steps; it must be given
   * @returns  the operation for a step of this worker
   * @throws ValueError  without a variable, or without a step
   */
  override applyGradients(...args: Args<'train.Optimizer.apply_gradients', Applied>): Operation {
    const [gradsAndVars, globalStep] = APPLY_GRADIENTS.take(args);
    const pairs = checkedPairs(gradsAndVars).map(
      ([g, v]): GradAndVar => [g === null || g instanceof IndexedSlices ? g : convertToTensor(g), checkVariable(v)],
    );
    if (!pairs.length) throw new ValueError('Must supply at least one variable');
    if (!globalStep) throw new ValueError('Global step is required to check staleness');
    checkStep(globalStep);
    const graph = getDefaultGraph();
    const localStep = graph.colocateWith(noOp(), () => localStepLike(globalStep));
    const localStepInit = assign(localStep, globalStep).op;
    const ready = reportUninitializedVariables(globalVariables());
    return graph.nameScope(null, () =>
      graph.nameScope(this.getName(), () => {
        const aggregated = pairs.map(([grad, v]) => graph.device(v.device, () => this.accumulate(grad, v, localStep)));
        const update = this.beside(globalStep, () =>
          this.opt.applyGradients(
            aggregated.map((each, i): GradAndVar => [each?.mean ?? null, pairs[i][1]]),
            globalStep,
          ),
        );
        const puts = aggregated.flatMap((each) => each?.put ?? []);
        const { step, tokens, runner } = this.synchronized(globalStep, localStep, puts, update);
        const chiefInit = aggregated.flatMap((each) =>
          each ? graph.device(each.device, () => each.accumulator.setGlobalStep(globalStep, 'SetGlobalStep')) : [],
        );
        this.parts = {
          globalStep,
          tokens,
          runner,
          localStepInit,
          chiefInit: grouped([localStepInit, ...chiefInit], 'group_deps'),
          ready,
        };
        return step;
      }),
    );
  }
  private accumulate(grad: Gradient | null, v: Variable, localStep: Variable): Aggregated | null {
    if (grad === null) return null;
    const sharedName = `${v.name}/grad_accum`;
    const { device } = v;
    if (grad instanceof IndexedSlices) {
      const accumulator = new SparseConditionalAccumulator(grad.dtype, [], { sharedName });
      const put = accumulator.applyIndexedSlicesGrad(grad, localStep);
      return { accumulator, device, put, mean: accumulator.takeIndexedSlicesGrad(this.toAggregate) };
    }
    const accumulator = new ConditionalAccumulator(grad.dtype, v.shape, { sharedName });
    const put = accumulator.applyGrad(grad, localStep);
    return { accumulator, device, put, mean: accumulator.takeGrad(this.toAggregate) };
  }
  private beside<R>(v: Variable, body: () => R): R {
    const graph = getDefaultGraph();
    return graph.device(v.device, () => graph.nameScope(null, body));
  }
  /** The tokens, by which workers wait for each other. */
  private synchronized(
    globalStep: Variable,
    localStep: Variable,
    puts: readonly Operation[],
    update: Operation,
  ): Pick<Parts, 'tokens' | 'runner'> & { readonly step: Operation } {
    const graph = getDefaultGraph();
    const { baseDtype } = globalStep.dtype;
    const [tokens, dummy] = this.beside(globalStep, () => [
      new FIFOQueue(-1, baseDtype, [], { name: 'sync_token_q', sharedName: 'sync_token_q' }),
      // A runner closes its queue in the end: not that of the tokens, which others need.
      new FIFOQueue(1, int32, [], { name: 'dummy_queue', sharedName: 'dummy_queue' }),
    ]);
    return this.beside(globalStep, () => {
      const token = graph.controlDependencies(puts, () => tokens.dequeue());
      const step = assign(localStep, token).op;
      let sync = graph.controlDependencies([update], () => tokens.enqueueMany([this.filled(globalStep, this.perStep)]));
      const { averages, averaged } = this;
      if (averages)
        sync = graph.controlDependencies([sync], () =>
          graph.nameScope(null, () => (averaged ? averages.apply(averaged) : averages.apply())),
        );
      return { step, tokens, runner: new QueueRunner(dummy, [sync]) };
    });
  }
  private get perStep(): number {
    return Math.max(this.total, this.toAggregate);
  }
  private filled(globalStep: Variable, count: number): Tensor {
    return fill([count], globalStep);
  }
  private get made(): Parts {
    if (!this.parts) throw new ValueError(FIRST);
    return this.parts;
  }
  /** What the chief runs beside its steps: applies the averaged gradients, and hands out tokens. */
  getChiefQueueRunner(): QueueRunner {
    return this.made.runner;
  }
  /** Gives the local step its first value: each worker runs it. */
  get localStepInitOp(): Operation {
    return this.made.localStepInit;
  }
  /** The same, with the accumulators': the chief runs it. */
  get chiefInitOp(): Operation {
    return this.made.chiefInit;
  }
  /** Gives the names of the variables that have no value yet. */
  get readyForLocalInitOp(): Tensor {
    return this.made.ready;
  }
  /**
   * Hands out the tokens of the first step.
   *
   * @param numTokens  how many; as many as make a step where not given
   * @returns  an operation
   * @throws ValueError  for too few
   */
  getInitTokensOp(...given: Args<'train.SyncReplicasOptimizer.get_init_tokens_op', [numTokens?: number]>): Operation {
    const [asked = -1] = INIT_TOKENS.take(given);
    if (!this.parts) throw new ValueError('get_init_tokens_op() should be called after apply_gradients().');
    const needed = this.toAggregate - this.total;
    if (asked !== -1 && asked < needed)
      throw new ValueError(`Too few tokens to finish the first step: ${asked} (given) vs ${needed} (needed)`);
    const count = asked === -1 ? this.toAggregate : asked;
    if (count <= 0) return noOp({ name: 'no_init_tokens' });
    const { globalStep, tokens } = this.parts;
    return this.beside(globalStep, () => tokens.enqueueMany([this.filled(globalStep, count)]));
  }
  /**
   * What a monitored session needs of it, as a hook.
   *
   * @param isChief    whether this is the worker that applies the gradients
   * @param numTokens  how many tokens there are for the first step
   */
  makeSessionRunHook(
    ...given: Args<'train.SyncReplicasOptimizer.make_session_run_hook', [isChief: boolean, numTokens?: number]>
  ): Hook {
    const [isChief, numTokens = -1] = MAKE_HOOK.take(given);
    return new SyncReplicasHook(this, isChief, numTokens, () => this.parts !== null);
  }
  override getSlot(...args: Parameters<Optimizer['getSlot']>): Variable | null {
    return this.opt.getSlot(...args);
  }
  override getSlotNames(): string[] {
    return this.opt.getSlotNames();
  }
  override variables(): Variable[] {
    return this.opt.variables();
  }
  protected override prepare(): void {
    /* The other optimizer does it. */
  }
  protected override applyDense(): never {
    throw new RuntimeError('Use applyGradients.');
  }
  protected override applySparse(): never {
    return this.applyDense();
  }
}
interface Aggregated {
  readonly accumulator: Accumulator;
  readonly device: string;
  readonly put: Operation;
  readonly mean: Gradient;
}
/** A variable of this worker, which no checkpoint has: the step that its gradients are of. */
function localStepLike(globalStep: Variable): Variable {
  return new Variable(0, {
    trainable: false,
    collections: [GraphKeys.LOCAL_VARIABLES],
    dtype: globalStep.dtype.baseDtype,
    name: 'sync_rep_local_step',
  });
}
