/** What a saver saves: from variables, lists and maps of them to tensors with the names that they have in the file. */
import { memberOf } from '../../base/thrown';
import type { DType } from '../../base/dtype';
import { TypeError_, ValueError } from '../../base/errors';
import { isMap } from '../../base/border';
import { entryOf, known } from '../../base/keys';
import { preview } from '../../base/preview';
import { TensorShape } from '../../base/shape';
import { apply, applyOp } from '../../graph/apply';
import { asTensor, isSymbolic } from '../../graph/constant';
import { type Operation, Tensor, getDefaultGraph } from '../../graph/graph';
import { GraphKeys } from '../../graph/keys';
import type { SaveSliceInfo } from '../../variables/def';
import { type PartitionedVariable, VariableParts } from '../../variables/partitioned';
import { Variable } from '../../variables/variable';

/** One tensor of a checkpoint. */
export interface SaveSpec {
  /** What is saved. Asked for anew where it is used: reading a variable may take a node of its own. */
  tensor(): Tensor;
  /** Which part of the whole it is; '' for all of it. */
  readonly sliceSpec: string;
  /** The key in the checkpoint. */
  readonly name: string;
  /** The dtype in the checkpoint. */
  readonly dtype: DType;
}
/** Something with a state that a saver keeps: a variable, or an object of your own that says how. */
export interface SaveableObject {
  /** What it belongs to: nothing is saved twice. */
  readonly op: Operation | Tensor | Variable;
  /** The tensors that are its state. */
  readonly specs: readonly SaveSpec[];
  /** What messages call it. */
  readonly name: string;
  /** Makes the node that restores it; `shapes` where the saver reshapes. */
  restore(tensors: readonly Tensor[], shapes: readonly (TensorShape | Tensor)[] | null): Operation;
}
/** A variable, the tensor of one, a saveable object, or a variable in parts, or these. */
export type Saveable = Variable | Tensor | SaveableObject | PartitionedVariable | readonly Variable[];
/** What a saver saves: a list, or a map from names in the checkpoint. */
export type VarList = readonly Saveable[] | Readonly<Record<string, Saveable>> | ReadonlyMap<string, Saveable>;

const REFERENCES = new Set(['Variable', 'VariableV2', 'AutoReloadVariable']);
const isVariableTensor = ({ op }: Tensor): boolean =>
  REFERENCES.has(op.type) || op.type === 'VarHandleOp' || op.type === 'ReadVariableOp';
function isSaveableObject(x: unknown): x is SaveableObject {
  return typeof x === 'object' && x !== null && !(x instanceof Variable) && 'specs' in x && 'restore' in x;
}

/** `6 2 0,3:0,2` */
export function sliceSpec({ fullShape, varOffset, varShape }: SaveSliceInfo): string {
  return `${fullShape.map((n) => `${n} `).join('')}${varOffset.map((at, i) => `${at},${varShape[i]}`).join(':')}`;
}

function reference(op: Tensor | Variable, read: Tensor, ref: Tensor, slice: string, name: string): SaveableObject {
  return {
    op,
    name,
    specs: [{ tensor: () => read, sliceSpec: slice, name, dtype: ref.dtype.baseDtype }],
    restore([restored], shapes) {
      const value = shapes ? apply('Reshape', [restored, shapeInput(shapes[0])]) : restored;
      return applyOp('Assign', [ref, value], { validate_shape: !shapes && ref.shape.isFullyDefined() });
    },
  };
}
function shapeInput(shape: TensorShape | Tensor): Tensor | Int32Array {
  return shape instanceof TensorShape ? Int32Array.from(known(shape.fullDims, 'a shape that is known')) : shape;
}
interface Resource {
  readonly op: Tensor | Variable;
  readonly handle: Tensor;
  readonly device: string;
  readonly shape: TensorShape;
  readonly dtype: DType;
  read(): Tensor;
}
function resource({ op, handle, device, shape, dtype, read }: Resource, slice: string, name: string): SaveableObject {
  return {
    op,
    name,
    specs: [{ tensor: read, sliceSpec: slice, name, dtype: dtype.baseDtype }],
    restore([restored], shapes) {
      const reshaped = shapes ? apply('Reshape', [restored, shapeInput(shapes[0])]) : restored;
      return getDefaultGraph().device(device, () => {
        const value = apply('Identity', [reshaped]);
        if (!shape.isCompatibleWith(value.shape))
          throw new ValueError(`Shapes ${shape} and ${value.shape} are incompatible`);
        return applyOp('AssignVariableOp', [handle, value]);
      });
    },
  };
}
/** Of the tensor of a variable. */
function ofTensor(tensor: Tensor, slice: string, name: string): SaveableObject {
  if (REFERENCES.has(tensor.op.type)) return reference(tensor, tensor, tensor, slice, name);
  const handle = tensor.op.type === 'VarHandleOp' ? tensor : tensor.op.inputs[0];
  const { dtype, shape } = tensor;
  return resource({ op: tensor, handle, device: tensor.device, shape, dtype, read: () => tensor }, slice, name);
}
/** Of a part of a larger variable. */
function ofSlice(variable: Variable, slice: string, name: string): SaveableObject {
  if (!variable.isResource) return reference(variable, variable.value(), variable.handle, slice, name);
  const { device, handle, shape, dtype } = variable;
  const graph = getDefaultGraph();
  const read = (): Tensor =>
    graph.device(device, () => {
      const value = variable.readValue() as Tensor;
      return graph.device('/device:CPU:0', () => apply('Identity', [value]));
    });
  return resource({ op: variable, handle, device, shape, dtype, read }, slice, name);
}
function tensorOf(x: unknown): Tensor | null {
  if (x instanceof Variable) return x.asTensor(true);
  return x instanceof Tensor ? x : isSymbolic(x) ? asTensor(x, true) : null;
}

function* saveablesOf(x: Saveable, name: string): Iterable<SaveableObject> {
  if (isSaveableObject(x)) yield x;
  else if (x instanceof VariableParts) yield* slicesOf(x.variables, name);
  else if (Array.isArray(x)) yield* slicesOf(x as readonly Variable[], name);
  else {
    const tensor = tensorOf(x);
    if (!tensor || !isVariableTensor(tensor))
      throw new TypeError_(
        'names_to_saveables must be a dict mapping string names to Tensors/Variables. Not a variable: ' +
          (tensor ? String(tensor) : preview(x)),
      );
    yield ofTensor(tensor, '', name);
  }
}
function* slicesOf(parts: readonly Variable[], name: string): Iterable<SaveableObject> {
  let whole: string | null = null;
  for (const part of parts) {
    if (!(part instanceof Variable)) throw new ValueError(`Slices must all be Variables: ${String(part)}`);
    const info = part.saveSliceInfo;
    if (!info) throw new ValueError(`Slices must all be slices: ${part}`);
    whole ??= info.fullName;
    if (whole !== info.fullName)
      throw new ValueError(`Slices must all be from the same tensor: ${whole} != ${info.fullName}`);
    yield ofSlice(part, sliceSpec(info), name);
  }
}

function textIn(x: unknown): string {
  return typeof x === 'string' ? x : '';
}
/** The names under which a list of variables is saved: those of their nodes. */
export function namedList(list: readonly Saveable[]): Map<string, Saveable> {
  const named = new Map<string, Saveable>();
  const nameOf = (x: Saveable): string => textIn(memberOf(x, 'name'));
  const taken = (name: string): Error => new ValueError(`At least two variables have the same name: ${name}`);
  for (const x of [...list].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0))) {
    if (x instanceof VariableParts && named.has(x.name)) throw taken(x.name);
    if (isSaveableObject(x) || x instanceof VariableParts) {
      named.set(x.name, x);
      continue;
    }
    if (x instanceof Variable && x.saveSliceInfo) {
      const { fullName } = x.saveSliceInfo;
      const known = named.get(fullName);
      if (known && !Array.isArray(known))
        throw new ValueError(`Mixing slices and non-slices with the same name: ${fullName}`);
      named.set(fullName, [...((known as readonly Variable[] | undefined) ?? []), x]);
      continue;
    }
    const tensor = tensorOf(x);
    if (!tensor || !isVariableTensor(tensor))
      throw new TypeError_(
        `Variable to save is not a Variable: ${tensor ? String(tensor) : preview(x)}` +
          (typeof x === 'string' ? '\n  fix: the variables themselves: new tf.train.Saver([w, b]).' : ''),
      );
    const { name } = tensor.op.type === 'ReadVariableOp' ? tensor.op.inputs[0].op : tensor.op;
    if (named.has(name)) throw taken(name);
    named.set(name, tensor);
  }
  return named;
}

/**
 * The saveables of a list or a map, by name.
 *
 * @throws TypeError   for what is no variable
 * @throws ValueError  where two have one name, or one has two names
 */
export function saveablesIn(varList: VarList): SaveableObject[] {
  const named = namesOf(varList);
  const found: SaveableObject[] = [];
  const seen = new Set<unknown>();
  for (const name of [...named.keys()].sort()) {
    if (typeof name !== 'string')
      throw new TypeError_(
        'names_to_saveables must be a dict mapping string names to trackable operations. Name is not a string: ' +
          preview(name),
      );
    for (const saveable of saveablesOf(entryOf(named, name), name)) {
      if (seen.has(saveable.op))
        throw new ValueError(`The same saveable will be restored with two names: ${saveable.name}`);
      seen.add(saveable.op);
      found.push(saveable);
    }
  }
  return found;
}
function namesOf(varList: VarList): ReadonlyMap<string, Saveable> {
  if (isMap(varList)) return varList;
  if (Array.isArray(varList)) return namedList(varList);
  const isPlain = typeof varList === 'object' && varList !== null && !isSymbolic(varList);
  if (!isPlain) {
    const cure = typeof varList === 'number' ? `\n  fix: {maxToKeep: ${preview(varList)}}.` : '\n  fix: a list, [v].';
    throw new TypeError_(`Variables to save should be passed in a dict or a list: ${preview(varList)}${cure}`);
  }
  return new Map(Object.entries(varList as Readonly<Record<string, Saveable>>));
}
/** What is saved where nothing is named: the global variables and the saveable objects. */
export function allSaveables(scope: string | null = null): Saveable[] {
  const graph = getDefaultGraph();
  return [
    ...graph.getCollection<Variable>(GraphKeys.GLOBAL_VARIABLES, scope),
    ...graph.getCollection<SaveableObject>(GraphKeys.SAVEABLE_OBJECTS, scope),
  ];
}
