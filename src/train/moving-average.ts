/** Averages of variables over the steps of a training: what evaluates better than the last values do. */
import { checkList, worded } from '../base/border';
import { type DType, bfloat16, float16, float32, float64 } from '../base/dtype';
import { entryOf } from '../base/keys';
import { TypeError_ } from '../base/errors';
import { orNone } from '../base/none';
import { preview } from '../base/preview';
import { type Args, constructorOf, signature } from '../calls/bind';
import { grouped } from '../control/group';
import { initScope } from '../control/framework';
import { reflected } from '../graph/algebra';
import { apply, inScope } from '../graph/apply';
import { type TensorLike, convertToTensor, isSymbolic } from '../graph/constant';
import { type Operation, Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { cast } from '../ops/cast';
import { castTo, shapeOf, zeros } from '../ops/words';
import { getVariable } from '../variables/get-variable';
import { zerosInitializer } from '../variables/initializers';
import { variableScope } from '../variables/scope';
import { Variable } from '../variables/variable';
import type { VariableScope } from '../variables/variable-scope';
import { checkVariable } from './checks';
import { slotBeside } from './slots';

type Taken = [decay: TensorLike, numUpdates?: TensorLike, zeroDebias?: boolean, name?: string];
const MOVING_AVERAGE = constructorOf<Taken>('train.ExponentialMovingAverage');
/** What has an average: variables, and tensors. */
export type Averaged = Variable | Tensor;
/** @throws TypeError  for what is neither a variable nor a tensor */
function checkAveraged(v: Averaged): void {
  if (!isSymbolic(v)) throw new TypeError_(`An average is of a variable or a tensor, not of ${worded(v)}.`);
}
const APPLY = signature<[varList?: readonly Averaged[]]>('train.ExponentialMovingAverage.apply');
const AVERAGE = signature<[v: Averaged]>('train.ExponentialMovingAverage.average');
const AVERAGE_NAME = signature<[v: Averaged]>('train.ExponentialMovingAverage.average_name');
type Restored = [movingAvgVariables?: readonly Variable[]];
const RESTORED = signature<Restored>('train.ExponentialMovingAverage.variables_to_restore');
const FLOATS: ReadonlySet<DType> = new Set([bfloat16, float16, float32, float64]);

/**
 * Keeps an average of each variable in a variable of its own, run after each step:
 * `average -= (1 - decay) * (average - variable)`.
 *
 *     const w = new tf.Variable(1, { name: 'w' });
 *     const ema = new tf.train.ExponentialMovingAverage(0.9);
 *     const average = ema.apply([w]);
 *     sess.run(tf.globalVariablesInitializer());
 *     sess.run(w.assign(2));
 *     sess.run(average);
 *     sess.run(ema.average(w))   // 1.1
 */
export class ExponentialMovingAverage {
  /** The end of the averages' names. */
  readonly name: string;
  private readonly decay: TensorLike;
  private readonly numUpdates: TensorLike | undefined;
  private readonly zeroDebias: boolean;
  private readonly averages = new Map<Averaged, Variable>();
  /**
   * `apply` makes the variables and nodes.
   *
   * @param decay       how much stays of the average: 0.99 or 0.999
   * @param numUpdates  a counter of steps: the average follows faster at first, by min(decay, (1 + n) / (10 + n))
   * @param zeroDebias  corrects averages of tensors for their start from 0
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...given: Args<'train.ExponentialMovingAverage', Taken>) {
    const [decay, numUpdates, zeroDebias = false, name = 'ExponentialMovingAverage'] = MOVING_AVERAGE.take(given);
    this.name = name;
    this.decay = decay;
    this.numUpdates = numUpdates;
    this.zeroDebias = zeroDebias;
  }
  /**
   * Adds the averages, and the operation that brings them up to date.
   *
   * @param varList  variables, whose averages begin with their initial values, and tensors, whose begin with 0; all
   *   trainable variables where not given
   * @returns  the operation, to run after each step
   * @throws TypeError  for what is no float
   */
  apply(...given: Args<'train.ExponentialMovingAverage.apply', [varList?: readonly Averaged[]]>): Operation {
    const [varList] = APPLY.take(given);
    const list = varList ?? getDefaultGraph().getCollection<Variable>(GraphKeys.TRAINABLE_VARIABLES);
    if (!Array.isArray(list)) throw new TypeError_(`var_list is a list of variables, not ${preview(list)}.`);
    const debiased = new Set<Variable>();
    for (const v of list) {
      if (!(v instanceof Variable) && !(v instanceof Tensor))
        throw new TypeError_(`var_list is a list of variables and tensors, and has ${preview(v)}.`);
      if (!FLOATS.has(v.dtype.baseDtype))
        throw new TypeError_(`The variables must be half, float, or double: ${v.name}`);
      if (this.averages.has(v)) continue;
      const average = initScope(() => this.make(v));
      this.averages.set(v, average);
      if (this.zeroDebias && v instanceof Tensor) debiased.add(average);
    }
    return getDefaultGraph().nameScope(this.name, (scope) => {
      const decay = this.decayTensor();
      const updates = list.map((v) => {
        const average = entryOf(this.averages, v);
        return updating(average, assignMovingAverage(average, v, decay, debiased.has(average)));
      });
      return grouped(updates, scope);
    });
  }
  private make(v: Averaged): Variable {
    if (v instanceof Variable) {
      const average = slotBeside(v, this.name, { initializer: v.initializedValue() });
      getDefaultGraph().addToCollection(GraphKeys.MOVING_AVERAGE_VARIABLES, v);
      return average;
    }
    const dtype = v.dtype.baseDtype;
    const isKnown = v.shape.isFullyDefined();
    const options = isKnown
      ? { initializer: zerosInitializer(), shape: v.shape.dims, dtype }
      : { initializer: zeros(shapeOf(v), dtype) };
    return variableScope(null, `${v.op.name}/${this.name}`, () =>
      getVariable('', { ...options, trainable: false, validateShape: isKnown }),
    );
  }
  private decayTensor(): Tensor {
    const decay = convertToTensor(this.decay, null, 'decay');
    if (this.numUpdates === undefined) return decay;
    const n = cast(this.numUpdates, float32, { name: 'num_updates' });
    return apply('Minimum', [decay, reflected(1, 'add', n).div(reflected(10, 'add', n))]);
  }
  /** The average of a variable; null where there is none. */
  average(...given: Args<'train.ExponentialMovingAverage.average', [v: Averaged]>): Variable {
    const [v] = AVERAGE.take(given);
    checkAveraged(v);
    const cause = `there is no average of '${v.name}': ema.apply([…]) comes first, with it in the list.`;
    return orNone(this.averages.get(v) ?? null, Variable.prototype, cause);
  }
  /** The name that the average of a variable has, or would have: it is saved under it. */
  averageName(...given: Args<'train.ExponentialMovingAverage.average_name', [v: Averaged]>): string {
    const [v] = AVERAGE_NAME.take(given);
    checkAveraged(v);
    return this.averages.get(v)?.op.name ?? v.graph.uniqueName(`${v.op.name}/${this.name}`, false);
  }
  /**
   * What to restore for an evaluation: variables by the names of their averages, where they have such.
   *
   *     new tf.Variable(1, { name: 'w' });
   *     const ema = new tf.train.ExponentialMovingAverage(0.9);
   *     Object.keys(ema.variablesToRestore())   // ['w/ExponentialMovingAverage']
   *
   * @param movingAvgVariables  those that are read from averages; all trainable and all averaged ones where not given
   * @returns  variables by names in the checkpoint, for `tf.train.Saver`
   */
  variablesToRestore(
    ...given: Args<'train.ExponentialMovingAverage.variables_to_restore', Restored>
  ): Record<string, Variable> {
    const [chosen] = RESTORED.take(given);
    if (chosen !== undefined) {
      checkList(chosen, 'moving_avg_variables');
      for (const v of chosen) checkVariable(v);
    }
    const graph = getDefaultGraph();
    const averaged = new Set(
      chosen ?? [
        ...graph.getCollection<Variable>(GraphKeys.TRAINABLE_VARIABLES),
        ...graph.getCollection<Variable>(GraphKeys.MOVING_AVERAGE_VARIABLES),
      ],
    );
    const byName: Record<string, Variable> = {};
    for (const v of averaged) byName[this.averageName(v)] = v;
    const names = new Set([...averaged].map((v) => v.name));
    for (const v of graph.getCollection<Variable>(GraphKeys.GLOBAL_VARIABLES))
      if (!names.has(v.name) && !Object.hasOwn(byName, v.op.name)) byName[v.op.name] = v;
    return byName;
  }
}

/**
 * A variable after average −= (1 − decay)·(average − value).
 *
 * @param zeroDebias  corrects it for its start from 0
 */
export function assignMovingAverage(
  average: Variable,
  value: Averaged,
  decay: Tensor | number,
  zeroDebias: boolean,
): Tensor {
  return inScope(null, 'AssignMovingAvg', [average, value, decay], (scope) => {
    const left = decay instanceof Tensor ? reflected(1, 'sub', decay) : 1 - decay;
    const rest = castTo(convertToTensor(left, null, 'decay'), average.dtype.baseDtype);
    if (zeroDebias) return assignDebiased(average, value, rest);
    return subtracted(average, average.sub(value).mul(rest), scope);
  });
}
/** A variable after a subtraction. */
function subtracted(v: Variable, delta: Tensor, name?: string): Tensor {
  return v.isResource ? v.assignSub(delta) : apply('AssignSub', [v.handle, delta], {}, name);
}
/** The same, divided by what a start from 0 has kept it from (Kingma and Ba 2014, section 3). */
function assignDebiased(average: Variable, value: Averaged, rest: Tensor): Tensor {
  const { graph } = average;
  const dtype = average.dtype.baseDtype;
  const [biased, steps] = variableScope(average.op.name, (scope) =>
    graph.colocateWith(average.op, () => {
      const kept = { trainable: false, dtype, initializer: zerosInitializer() };
      return [
        getVariable(unused(scope, 'biased'), { ...kept, shape: average.shape.dims }),
        getVariable(unused(scope, 'local_step'), { ...kept, shape: [] }),
      ];
    }),
  );
  const now = subtracted(biased, biased.sub(value).mul(rest));
  const count = steps.assignAdd(1);
  const factor = reflected(1, 'sub', apply('Pow', [reflected(1, 'sub', rest), count]));
  return average.assign(now.div(factor), { useLocking: true, name: `${graph.scopeName.replace(/\/$/, '')}/` });
}
/** A name that no variable of a scope has yet, unless they are shared. */
function unused(scope: VariableScope, name: string): string {
  if (scope.reuse) return name;
  const there = new Set(scope.globalVariables<Variable>().map(({ op }) => op.name));
  const full = `${scope.name}/${name}`;
  if (!there.has(full)) return name;
  let i = 1;
  while (there.has(`${full}_${i}`)) i++;
  return `${name}_${i}`;
}
/** The operation that changes a variable: one behind a handle is read anew after it. */
function updating(v: Variable, { op }: Tensor): Operation {
  return v.isResource ? (op.controlInputs.find(({ inputs }) => inputs[0] === v.handle) ?? op) : op;
}
