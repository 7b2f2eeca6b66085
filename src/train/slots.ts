/** Slots: the variables that an optimizer keeps beside the ones it trains. */
import { toNDArray } from '../base/to-ndarray';
import { repeated } from '../ops/known';
import { ValueError } from '../base/errors';
import type { DType } from '../base/dtype';
import { entryOf, known } from '../base/keys';
import { besideNode } from '../control/framework';
import { apply } from '../graph/apply';
import { type TensorLike, constantNode } from '../graph/constant';
import type { Graph, Tensor } from '../graph/graph';
import { castTo, ones, onesLike, shapeOf, zeros } from '../ops/words';
import { getVariable } from '../variables/get-variable';
import { variableScope } from '../variables/scope';
import { Variable } from '../variables/variable';
import type { GetVariableOptions } from '../variables/variable-scope';

/** The slots of one optimizer, in all the graphs that it is used in. */
export class Slots {
  private readonly byName = new Map<string, Map<Variable, Variable>>();
  private readonly shared = new Map<Graph, Map<string, Variable>>();
  constructor(/** The optimizer's name, which is that of the variables. */ private readonly prefix: string) {}

  get(v: Variable, slot: string): Variable | null {
    return this.byName.get(slot)?.get(v) ?? null;
  }
  names(): string[] {
    return [...this.byName.keys()].sort();
  }
  /** A variable and some of its slots: the state that a training op takes. */
  with(v: Variable, ...slots: readonly string[]): Variable[] {
    return [v, ...slots.map((slot) => known(this.get(v, slot), `a slot ${slot} of ${v.name}`))];
  }
  /** All of a graph, by name. */
  all(graph: Graph): Variable[] {
    const slots = [...this.byName.values()].flatMap((m) => [...m.values()]).filter((v) => v.graph === graph);
    return [...(this.shared.get(graph)?.values() ?? []), ...slots].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** A slot of zeros. @param name  the end of its name, where that is not the optimizer's */
  zeros(v: Variable, slot: string, name?: string): void {
    this.make(v, slot, zeros, () => zeros(shapeOf(v.initializedValue()), v.dtype), name);
  }
  /** A slot that starts from a tensor. */
  from(v: Variable, slot: string, initial: Tensor, name?: string): void {
    this.makeOf(v, slot, { initializer: initial }, initial.shape.isFullyDefined(), name);
  }
  /** A slot of ones. */
  ones(v: Variable, slot: string): void {
    this.make(v, slot, ones, () => onesLike(v.value()));
  }
  /** A slot filled with a number. */
  filled(v: Variable, slot: string, value: number): void {
    this.make(
      v,
      slot,
      (shape, dtype) => constantNode(repeated(toNDArray(value, dtype), shape)),
      () => castTo(apply('Fill', [shapeOf(v.value()), value]), v.dtype),
    );
  }
  /**
   * @param initial  the initial value where the variable's shape is known; the other function is for where it is not
   */
  private make(
    v: Variable,
    slot: string,
    initial: (shape: readonly number[], dtype: DType) => Tensor,
    ofUnknownShape: () => Tensor,
    name?: string,
  ): void {
    if (this.get(v, slot)) return;
    const { fullDims: shape } = v.shape;
    const dtype = v.dtype.baseDtype;
    const options: GetVariableOptions = shape
      ? { initializer: () => initial(shape, dtype), shape, dtype }
      : { initializer: ofUnknownShape() };
    this.makeOf(v, slot, options, shape !== null, name);
  }
  private makeOf(v: Variable, slot: string, options: GetVariableOptions, isKnown: boolean, name = this.prefix): void {
    const known = this.byName.get(slot) ?? new Map<Variable, Variable>();
    this.byName.set(slot, known);
    if (!known.has(v)) known.set(v, slotBeside(v, name, { ...options, validateShape: isKnown }));
  }

  /**
   * A variable that all of a graph share, placed beside one of them; made at first sight where there is an initial
   * value.
   */
  common(graph: Graph, name: string): Variable {
    return entryOf(entryOf(this.shared, graph), name);
  }
  makeCommon(beside: Variable, name: string, initial: TensorLike): void {
    const known = this.shared.get(beside.graph) ?? new Map<string, Variable>();
    this.shared.set(beside.graph, known);
    if (!known.has(name))
      known.set(
        name,
        besideNode(beside, () => new Variable(initial, { name, trainable: false, useResource: beside.isResource })),
      );
  }
}
/** A variable beside another one, whose name begins with that one's. Beside a part it is the same part of a whole. */
export function slotBeside(v: Variable, name: string, options: GetVariableOptions): Variable {
  return variableScope(null, `${v.op.name}/${name}`, (scope) => {
    scope.setPartitioner(null);
    const slot = besideNode(v, () => getVariable('', { ...options, trainable: false, useResource: v.isResource }));
    const info = v.saveSliceInfo;
    if (info)
      slot.setSaveSliceInfo({ ...info, fullName: `${info.fullName}/${slot.op.name.slice(v.op.name.length + 1)}` });
    return slot;
  });
}
/** A constant of a variable's shape, beside it. */
export function filledBeside(v: Variable, value: number): Tensor {
  const { fullDims: shape } = v.shape;
  if (!shape) throw new ValueError(`Cannot convert a partially known TensorShape to a Tensor: ${v.shape}`);
  return v.graph.colocateWith(v.op, () => constantNode(repeated(toNDArray(value, v.dtype.baseDtype), shape)));
}
