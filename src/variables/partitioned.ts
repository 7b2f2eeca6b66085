/** Variables in parts along one dimension: each part is a variable, and knows of which whole it is one. */
import { isList } from '../base/border';
import { type DType, asDtype, float32 } from '../base/dtype';
import { RuntimeError, TypeError_, ValueError } from '../base/errors';
import { textOf } from '../base/preview';
import { pythonTuple } from '../base/shape-text';
import { type ShapeLike, TensorShape } from '../base/shape';
import { apply } from '../graph/apply';
import { type TensorLike, type Convertible, convertToTensor, isSymbolic, toTensor } from '../graph/constant';
import type { Graph, Operation, Tensor } from '../graph/graph';
import { Key } from '../graph/own';
import { concat } from '../ops/concat';
import { split } from '../ops/split';
import type { AssignOptions } from './arguments';
import { defaultInitializer } from './first-value';
import type { PartitionInfo } from './initializer';
import type { Variable } from './variable';
import type { GetVariableOptions, Partitioner } from './variable-scope';

const STORE = new Key<Map<string, PartitionedVariable>>('variables in parts');
function storeOf(graph: Graph): Map<string, PartitionedVariable> {
  return graph.own(STORE, () => new Map());
}
/** Whether a variable of that name is there in parts. */
export function knownInParts(graph: Graph, name: string): boolean {
  return storeOf(graph).has(name);
}

/** The dimension that is cut; the first where none is. */
function cutAxis(partitions: readonly number[]): number {
  const cut = partitions.findIndex((count) => count > 1);
  return Math.max(0, cut);
}

/** Variables that together are one. */
export class VariableParts implements Convertible {
  constructor(
    /** The name of the whole; its parts are `name/part_0` and on. */
    readonly name: string,
    /** The shape of the whole. */
    readonly shape: TensorShape,
    /** The element type. */
    readonly dtype: DType,
    /** The parts, in their order. */
    readonly variables: readonly Variable[],
    /** Into how many parts each dimension is cut. */
    readonly partitions: readonly number[],
  ) {}
  /** Goes through the parts. */
  [Symbol.iterator](): Iterator<Variable> {
    return this.variables[Symbol.iterator]();
  }
  /** How many parts there are. */
  get length(): number {
    return this.variables.length;
  }
  /** The shape of the whole. */
  getShape(): TensorShape {
    return this.shape;
  }
  /** The values of all parts put together, in new nodes. */
  asTensor(asRef = false): Tensor {
    if (asRef)
      throw new RuntimeError(
        "PartitionedVariable doesn't support being used as a reference.\n  fix: its parts, " +
          `[...${this.name}], or tf.convertToTensor(${this.name}) for the value of the whole.`,
      );
    const { graph } = this.variables[0];
    const named = (value: TensorLike): Tensor => graph.nameScope(null, () => apply('Identity', [value], {}, this.name));
    return graph.controlDependencies(null, () => {
      if (this.length === 1) return named(this.variables[0]);
      return named(graph.nameScope(`${this.name}/ConcatPartitions/`, () => concat([...this.variables], this.axis)));
    });
  }
  /** @internal */
  sample(): Tensor {
    // What every part has: its value would be read anew.
    return this.variables[0].asTensor(true);
  }
  /** Sets the parts: to their pieces of a value, to a value for each, or to the parts of another such variable. */
  assign(value: TensorLike | readonly TensorLike[], options: AssignOptions = {}): (Tensor | Operation)[] {
    return this.each(value, (part, piece) => part.assign(piece, options));
  }
  /** `+= delta` */
  assignAdd(delta: TensorLike | readonly TensorLike[], options: AssignOptions = {}): (Tensor | Operation)[] {
    return this.each(delta, (part, piece) => part.accumulate('Add', piece, options).value());
  }
  /** `-= delta` */
  assignSub(delta: TensorLike | readonly TensorLike[], options: AssignOptions = {}): (Tensor | Operation)[] {
    return this.each(delta, (part, piece) => part.accumulate('Sub', piece, options).value());
  }
  /** `<tf.PartitionedVariable 'w' shape=(4, 2) dtype=float32 in 2 parts>` */
  toString(): string {
    const { name, shape, dtype, length } = this;
    return `<tf.PartitionedVariable '${name}' shape=${shape} dtype=${dtype.name} in ${length} parts>`;
  }
  private get axis(): number {
    return cutAxis(this.partitions);
  }
  private each(
    value: TensorLike | readonly TensorLike[],
    update: (part: Variable, piece: TensorLike) => Tensor | Operation,
  ): (Tensor | Operation)[] {
    const pieces = this.piecesOf(value);
    if (pieces.length !== this.length)
      throw new ValueError(`${this.name} has ${this.length} parts, and ${pieces.length} values are given.`);
    return this.variables.map((part, i) => update(part, pieces[i]));
  }
  private piecesOf(value: TensorLike | readonly TensorLike[]): readonly TensorLike[] {
    if (value instanceof VariableParts) return value.variables;
    if (isList(value) && value.every(isSymbolic)) return value;
    const sizes = this.variables.map(({ shape }) => fullDimsOf(shape)[this.axis]);
    return split(toTensor(value), sizes, this.axis);
  }
}

/**
 * What `tf.getVariable` gives with a partitioner: a list of variables that together are one. As a tensor it is their
 * values put together; `tf.nn.embeddingLookup` reads the rows of each where it is, and a `tf.train.Saver` writes slices
 * of one tensor, which may be restored into other parts.
 */
export type PartitionedVariable = VariableParts;

/** Makes or finds one part. */
type Single = (name: string, options: GetVariableOptions, partition: PartitionInfo) => Variable;
/**
 * A variable in parts: the one of that name where it may be shared, or a new one.
 *
 * @throws ValueError  if it is there and may not be shared, or is not and should; if the partitioner gives no partition
 */
export function inParts(graph: Graph, name: string, options: GetVariableOptions, single: Single): PartitionedVariable {
  const { initializer = null, partitioner = null, reuse = null } = options;
  let dtype = asDtype(options.dtype ?? float32);
  const given = TensorShape.of(typeof options.shape === 'number' ? [options.shape] : (options.shape ?? null));
  const shape = isSymbolic(initializer) ? given.mergeWith(convertToTensor(initializer).shape) : given;
  const partitions = partitioner === null ? null : partitionsOf(partitioner, shape, dtype);
  const found = storeOf(graph).get(name);
  if (found) {
    if (reuse === false || reuse === null)
      throw new ValueError(
        `Partitioned variable with name ${name} already exists. Did you mean to set reuse=True or ` +
          'reuse=tf.AUTO_REUSE in VarScope?',
      );
    checkShared(found, shape, dtype, partitions);
    return found;
  }
  if (reuse === true || partitions === null)
    throw new ValueError(
      `PartitionedVariable ${name} does not exist, or was not created with tf.get_variable(). Did you mean to set ` +
        'reuse=False or reuse=tf.AUTO_REUSE in VarScope?',
    );
  const whole = shape.fullDims ?? [];
  const variables = slicesOf(whole, partitions).map(([varOffset, varShape], i) => {
    const full = `${name}/part_${i}`;
    const start = graph.nameScope(`${full}/PartitionedInitializer`, () =>
      startOf(name, initializer, varOffset, varShape, dtype),
    );
    if (isSymbolic(start)) dtype = convertToTensor(start).dtype.baseDtype;
    const sized = isSymbolic(start) ? null : varShape;
    const own: GetVariableOptions = { ...options, dtype, initializer: start, shape: sized ?? undefined };
    const part = graph.nameScope(null, () => single(full, own, { fullShape: whole, varOffset }));
    part.setSaveSliceInfo({ fullName: name, fullShape: whole, varOffset, varShape });
    return part;
  });
  const made = new VariableParts(name, shape, dtype, variables, partitions);
  storeOf(graph).set(name, made);
  return made;
}
type Start = GetVariableOptions['initializer'];
/** What one part starts from: the initializer, or its piece of a value. */
function startOf(
  name: string,
  initializer: Start,
  offset: readonly number[],
  shape: readonly number[],
  dtype: DType,
): NonNullable<Start> {
  if (initializer === null || initializer === undefined) return defaultInitializer(name, dtype);
  if (typeof initializer === 'function') return initializer;
  if (!isSymbolic(initializer) && typeof initializer === 'object' && 'call' in initializer) return initializer;
  const whole = isSymbolic(initializer) ? initializer : toTensor(initializer, dtype);
  return apply('Slice', [whole, [...offset], [...shape]]);
}
function checkShared(
  found: PartitionedVariable,
  shape: TensorShape,
  dtype: DType,
  partitions: readonly number[] | null,
): void {
  const { name } = found;
  const trying = (what: string, asked: unknown, there: unknown): Error =>
    new ValueError(
      `Trying to reuse partitioned variable ${name}, but specified ${what} ${String(asked)} and found ${what} ` +
        `${String(there)}.`,
    );
  if (!shape.isCompatibleWith(found.shape)) throw trying('shape', shape, found.shape);
  if (!dtype.isCompatibleWith(found.dtype)) throw trying('dtype', dtype.name, found.dtype.name);
  if (partitions !== null && partitions.join() !== found.partitions.join())
    throw trying('partitions', `[${partitions.join(', ')}]`, `[${found.partitions.join(', ')}]`);
}
function partitionsOf(partitioner: Partitioner, shape: TensorShape, dtype: DType): readonly number[] {
  if (!shape.fullDims)
    throw new ValueError(`Shape of a new partitioned variable must be fully defined, but instead was ${shape}.`);
  const dims = shape.fullDims;
  if (dims.length < 1) throw new ValueError(`A partitioned Variable must have rank at least 1, shape: ${shape}`);
  const counts: unknown = partitioner(shape, dtype);
  if (!isList(counts)) throw new ValueError(`Partitioner must return a sequence, but saw: ${textOf(counts)}`);
  const shown = `[${counts.map(String).join(', ')}]`;
  if (counts.length !== dims.length)
    throw new ValueError(
      `Partitioner returned a partition list that does not match the Variable's rank: ${shown} vs. ${shape}`,
    );
  const numbers = counts.map(Number);
  if (numbers.some((count) => !(count >= 1)))
    throw new ValueError(`Partitioner returned zero partitions for some axes: ${shown}`);
  if (!numbers.every(Number.isInteger))
    throw new TypeError_(`Partitioner must return whole numbers, but saw: ${shown}`);
  if (numbers.filter((count) => count > 1).length > 1)
    throw new ValueError(
      `Can only slice a variable along one dimension: shape: ${pythonTuple(dims)}, partitioning: ${shown}`,
    );
  return numbers;
}
/** Where each part begins, and its shape: the first ones are one larger where they do not divide evenly. */
function slicesOf(
  full: readonly number[],
  partitions: readonly number[],
): (readonly [offset: readonly number[], shape: readonly number[]])[] {
  const axis = cutAxis(partitions);
  const count = partitions[axis];
  const [each, excess] = [Math.floor(full[axis] / count), full[axis] % count];
  return Array.from({ length: count }, (_, i) => [
    full.map((_, d) => (d === axis ? i * each + Math.min(i, excess) : 0)),
    full.map((size, d) => (d === axis ? each + (i < excess ? 1 : 0) : size)),
  ]);
}
/** What a partitioner is given, where a program calls one itself. */
export function fullDimsOf(shape: ShapeLike): readonly number[] {
  const { fullDims } = TensorShape.of(shape);
  if (!fullDims) throw new ValueError(`shape is not fully defined: ${TensorShape.of(shape)}`);
  return fullDims;
}
