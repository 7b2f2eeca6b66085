/**
 * `Optimizer`: the gradients of a loss, and the node that changes the variables by them. What differs from one
 * optimizer to the next is in the files beside this one: its hyperparameters, its slots, and the op that updates a
 * variable.
 */
import { isCallable } from '../base/border';
import { guardClass } from '../base/misses';
import { textOf } from '../base/preview';
import { resource } from '../base/dtype';
import { ofNull } from '../base/inconvertible';
import { RuntimeError, ValueError } from '../base/errors';
import { type Args, constructorOf } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { grouped, tupleOf } from '../control/group';
import { gradientsOf } from '../gradients/gradients';
import { whyNoGradient } from '../gradients/why';
import { apply, applyOp } from '../graph/apply';
import { convertToTensor } from '../graph/constant';
import { IndexedSlices, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { scalar } from '../ops/words';
import type { Variable } from '../variables/variable';
import {
  APPLY_GRADIENTS,
  type Applied,
  COMPUTE_GRADIENTS,
  type Computed,
  GET_SLOT,
  type GradAndVar,
  type ComputedGradient,
  type Gradient,
  type Hyperparameter,
  MINIMIZE,
  type Minimized,
} from './arguments';
import {
  assertValid,
  checkLoss,
  checkNumber,
  checkStep,
  checkedPairs,
  checkVariable,
  deduplicate,
  flatten,
  listOf,
} from './checks';
import { Slots } from './slots';

type Made = [useLocking: boolean, name: string];
const OPTIMIZER = constructorOf<Made>('train.Optimizer');
/**
 * What all optimizers have in common. Use one of its subclasses, or write one: `createSlots`, `prepare`,
 * `applyDense`, `applySparse` and `finish` are yours to define.
 *
 *     const w = new tf.Variable(1);
 *     const optimizer = new tf.train.MomentumOptimizer(0.1, 0.9);
 *     optimizer.minimize(w.square());
 *     optimizer.getSlotNames()   // ['momentum']
 */
export abstract class Optimizer {
  /** Gradients may be used at once. */
  static readonly GATE_NONE = 0;
  /** Gradients may be used when all of one operation are there. */
  static readonly GATE_OP = 1;
  /** Gradients may be used when all are there. */
  static readonly GATE_GRAPH = 2;
  protected readonly slots: Slots;

  protected readonly useLocking: boolean;
  private readonly name: string;

  constructor(...given: Args<'train.Optimizer', Made>) {
    const [useLocking, name] = OPTIMIZER.take(given);
    this.useLocking = useLocking;
    this.name = name;
    if (!name) throw new ValueError('Must specify the optimizer name');
    this.slots = new Slots(name);
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `<tf.train.${this.constructor.name} '${this.name}'>`;
  }
  /** The name that its nodes begin with. */
  getName(): string {
    return this.name;
  }

  /**
   * Adds the nodes that compute the gradients of `loss` and change the variables by them.
   *
   *     const w = new tf.Variable(1);
   *     const trainStep = new tf.train.GradientDescentOptimizer(0.5).minimize(w.square());
   *     sess.run(tf.globalVariablesInitializer());
   *     sess.run(trainStep);
   *     sess.run(w)   // 0
   *
   * @param loss                      what to make small, usually a scalar
   * @param globalStep                a variable that is counted up
   * @param varList                   the variables to train; all trainable ones where not given
   * @param gateGradients             when the gradients may be used: `Optimizer.GATE_OP` and its kin
   * @param aggregationMethod         how several gradients of one tensor are summed
   * @param colocateGradientsWithOps  places gradients with their operations
   * @param gradLoss                  the gradient of something with respect to the loss; 1 where not given
   * @returns  the operation to run for one step
   * @throws ValueError  if there is no variable, or the loss depends on none
   */
  minimize(...args: Args<'train.Optimizer.minimize', Minimized>): Operation {
    const [loss, globalStep, varList, gateGradients, aggregationMethod, colocate, name, gradLoss] = MINIMIZE.take(args);
    checkLoss(loss);
    const pairs = this.computeGradients(loss, varList, gateGradients, aggregationMethod, colocate, gradLoss);
    if (!pairs.some(([g]) => g)) {
      const y = convertToTensor(loss);
      throw new ValueError(
        'No gradients provided for any variable, check your graph for ops that do not support gradients, between ' +
          `variables ${listOf(pairs)} and loss ${y}.` +
          pairs
            .slice(0, 5)
            .map(([, v]) => `\n  ${whyNoGradient(y, v.handle)}.`)
            .join('') +
          (pairs.length > 5 ? `\n  and ${pairs.length - 5} more` : ''),
      );
    }
    return this.applyGradients(pairs, globalStep, name);
  }

  /**
   * The first half of `minimize`: the gradients, to look at or to change (clip) before they are applied.
   *
   *     const w = new tf.Variable(3);
   *     const optimizer = new tf.train.GradientDescentOptimizer(0.1);
   *     const pairs = optimizer.computeGradients(w.square());
   *     const trainStep = optimizer.applyGradients(pairs.map(([g, v]) => [tf.clipByNorm(g, 1), v]));
   *     sess.run(tf.globalVariablesInitializer());
   *     sess.run(trainStep);
   *     sess.run(w)   // 2.9
   *
   * @param loss                      what to make small, usually a scalar
   * @param varList                   the variables to train; all trainable ones where not given
   * @param gateGradients             when the gradients may be used
   * @param aggregationMethod         how several gradients of one tensor are summed
   * @param colocateGradientsWithOps  places gradients with their operations
   * @param gradLoss                  the gradient of something with respect to the loss; 1 where not given
   * @returns  one pair of gradient and variable per variable
   * @throws ValueError  if there are no variables, or a loss or variable is not of floating point
   */
  computeGradients(...args: Args<'train.Optimizer.compute_gradients', Computed>): ComputedGradient[];
  computeGradients(...args: Args<'train.Optimizer.compute_gradients', Computed>): GradAndVar[] {
    const [loss, varList, gateGradients = Optimizer.GATE_OP, aggregationMethod, colocate, gradLoss] =
      COMPUTE_GRADIENTS.take(args);
    if (![0, 1, 2].includes(gateGradients)) {
      throw new ValueError(
        'gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH.  Not ' +
          textOf(gateGradients),
      );
    }
    const y = convertToTensor(loss);
    assertValid([y]);
    const variables = varList ? flatten(varList) : y.graph.getCollection<Variable>(GraphKeys.TRAINABLE_VARIABLES);
    for (const v of variables) checkVariable(v);
    if (!variables.length) {
      throw new ValueError(
        'No variables to optimize.' +
          `\n  likely cause: the graph of the loss has no trainable tf.Variable${varList ? ' in varList' : ''}, or ` +
          'they were made in another graph, or with {trainable: false}.',
      );
    }
    const grads = gradientsOf([y], variables, {
      gradYs: gradLoss === undefined || gradLoss === null ? null : [gradLoss],
      gateGradients: gateGradients === Optimizer.GATE_OP,
      aggregationMethod,
      colocateGradientsWithOps: colocate,
    });
    const gated =
      gateGradients === Optimizer.GATE_GRAPH && grads.some((g) => g) ? (tupleOf(grads) as GradAndVar[0][]) : grads;
    const pairs = gated.map((g, i): GradAndVar => [g, variables[i]]);
    assertValid(pairs.filter(([g, v]) => g && v.dtype.baseDtype !== resource).map(([, v]) => v));
    return pairs;
  }

  /**
   * The second half of `minimize`: changes each variable by its gradient, and counts the step.
   *
   * @param gradsAndVars  as `computeGradients` returns them; pairs with a null gradient are left out
   * @throws ValueError  if no pair has a gradient
   */
  applyGradients(...args: Args<'train.Optimizer.apply_gradients', Applied>): Operation {
    const [gradsAndVars, globalStep, name] = APPLY_GRADIENTS.take(args);
    const pairs = checkedPairs(gradsAndVars).map(
      ([g, v]): GradAndVar => [g === null || g instanceof IndexedSlices ? g : convertToTensor(g), checkVariable(v)],
    );
    checkStep(globalStep);
    if (!pairs.length) throw new ValueError('No variables provided.');
    const given = pairs.filter((pair): pair is readonly [Gradient, Variable] => pair[0] !== null);
    if (!given.length)
      throw new ValueError(
        `No gradients provided for any variable: ${listOf(pairs)}.\n  likely cause: ${ofNull(
          'no path leads from the variables to the loss: tf.explainGradient(loss, w) says where it breaks.',
        )}`,
      );
    const { graph } = given[0][1];
    return graph.asDefault(() => {
      // Far below the line of the script, which a stack of its own would not reach.
      graph.madeAt(this.applyGradients, () =>
        graph.controlDependencies(null, () => this.createSlots(given.map(([, v]) => v))),
      );
      return graph.nameScope(name || this.name, (scope) => {
        this.prepare();
        const updates = given.map(([g, v]) =>
          graph.nameScope(`update_${v.op.name}`, () => graph.colocateWith(v.op, () => this.update(g, v))),
        );
        const train = globalStep ? this.count(updates, globalStep, scope) : this.finish(updates, scope);
        const collection = graph.getCollectionRef(GraphKeys.TRAIN_OP);
        if (!collection.includes(train)) collection.push(train);
        return train;
      });
    });
  }
  private update(grad: Gradient, v: Variable): Operation {
    const { constraint } = v;
    if (grad instanceof IndexedSlices) {
      if (constraint) throw new RuntimeError('Cannot use a constraint function on a sparse variable.');
      return this.applySparseDuplicateIndices(grad, v);
    }
    const op = this.applyDense(grad, v);
    if (!constraint) return op;
    // A read of its own: TensorFlow passes the one that all share, which sees the update only because it shares the
    // memory.
    return getDefaultGraph().controlDependencies(
      [op],
      () => v.assign(constraint(v.isResource ? v.value() : v.readValue()), { useLocking: false }).op,
    );
  }
  private count(updates: readonly Operation[], globalStep: Variable, scope: string): Operation {
    const graph = getDefaultGraph();
    const { handle, dtype, isResource } = globalStep;
    return graph.controlDependencies([this.finish(updates, 'update')], () =>
      graph.colocateWith(handle, () =>
        isResource
          ? applyOp('AssignAddVariableOp', [handle, scalar(1, dtype)], {}, scope)
          : applyOp('AssignAdd', [handle, 1], {}, scope),
      ),
    );
  }

  /** A slot of a variable, such as its momentum, or null. */
  getSlot(...args: Args<'train.Optimizer.get_slot', [v: Variable, name: string]>): Variable | null {
    const [v, name] = GET_SLOT.take(args);
    return this.slots.get(v, name);
  }
  /** Names of the slots that there are, in alphabetical order. */
  getSlotNames(): string[] {
    return this.slots.names();
  }
  /** All variables that the optimizer has made in the default graph, by name. */
  variables(): Variable[] {
    return this.slots.all(getDefaultGraph());
  }

  // --- what subclasses define ---------------------------------------------------------------------------

  /** Makes what is kept beside each variable. */
  protected createSlots(_variables: readonly Variable[]): void {
    /* Nothing is kept. */
  }
  /** Makes tensors of the hyperparameters, in the scope of the train op. */
  protected abstract prepare(): void;
  /** The operation that changes a variable by its gradient. */
  protected abstract applyDense(grad: Tensor, v: Variable): Operation;
  /** The same for the gradient of some rows; each row is there once. */
  protected abstract applySparse(grad: IndexedSlices, v: Variable): Operation;
  /** The same where a row may be there several times: they are summed first. */
  protected applySparseDuplicateIndices(grad: IndexedSlices, v: Variable): Operation {
    return this.applySparse(deduplicate(grad), v);
  }
  /** The operation that waits for all updates. */
  protected finish(updates: readonly Operation[], name: string): Operation {
    return grouped(updates, name);
  }

  // --- words for subclasses -----------------------------------------------------------------------------

  /** A hyperparameter as a tensor: a number becomes a constant of that name. */
  protected hyperparameter(value: Hyperparameter, name: string): Tensor {
    const given = isCallable(value) ? value() : value;
    checkNumber(given, name, this.name);
    return convertToTensor(given, null, name);
  }
  /** A training op of src/ops/training.ts, in the form for this kind of variable and gradient. */
  protected trainingOp(
    rule: string,
    state: readonly Variable[],
    inputs: readonly (Tensor | Variable | number)[],
    { sparse = false, attrs = {} }: { sparse?: boolean; attrs?: Record<string, boolean> } = {},
  ): Operation {
    const type = `${state[0].isResource ? 'Resource' : ''}${sparse ? 'Sparse' : ''}Apply${rule}`;
    return applyOp(type, [...state.map((v) => v.handle), ...inputs], { use_locking: this.useLocking, ...attrs });
  }
}

/** A number in the dtype of a variable. What has it already is left as it is: a training op reads a variable itself. */
export function like<T extends Tensor | Variable>(value: T, v: Variable): T | Tensor {
  return value.dtype.baseDtype === v.dtype.baseDtype ? value : apply('Cast', [value], { DstT: v.dtype.baseDtype });
}
guardClass(Optimizer, 'tf.train.Optimizer');
bindMethods(Optimizer, {
  getName: 'train.Optimizer.get_name',
  getSlotNames: 'train.Optimizer.get_slot_names',
  variables: 'train.Optimizer.variables',
});
