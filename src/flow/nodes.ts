/** The nodes of loops and branches, on tensors, on references and on rows, after TensorFlow's control_flow_ops. */
import { int32, int64 } from '../base/dtype';
import { apply, applyOp } from '../graph/apply';
import { IndexedSlices, Tensor, getDefaultGraph } from '../graph/graph';
import { castTo, element, range, scoped } from '../ops/words';
import { assertSame, flatten } from './structure';

/** A tensor, or rows of one. */
export type Rows = Tensor | IndexedSlices;
/** What goes out on the two sides of a Switch. */
export type Ways<T> = readonly [no: T, yes: T];

/** A tensor, or those that rows consist of. */
export function tensorsIn(data: Rows): Tensor[] {
  return flatten(data).filter((x): x is Tensor => x instanceof Tensor);
}
/** What `fn` makes of a tensor, or of each that rows consist of. */
export function eachTensor<T extends Rows>(data: T, fn: (x: Tensor) => Tensor): T;
export function eachTensor(data: Rows, fn: (x: Tensor) => Tensor): Rows {
  if (data instanceof Tensor) return fn(data);
  const [values, indices, denseShape] = tensorsIn(data).map(fn);
  return new IndexedSlices(values, indices, denseShape);
}

export function switchTensor(data: Tensor, pred: Tensor, name?: string): Ways<Tensor> {
  const [no, yes] = applyOp('Switch', [data, pred], {}, name).outputs;
  return [no, yes];
}
/** A Switch, or one for each tensor that rows consist of. */
export function switchRows<T extends Rows>(data: T, pred: Tensor, name?: string): Ways<T>;
export function switchRows(data: Rows, pred: Tensor, name?: string): Ways<Rows> {
  if (data instanceof Tensor) return switchTensor(data, pred, name);
  return scoped(name ?? 'Switch', () => {
    const ways = tensorsIn(data).map((x) => switchTensor(x, pred));
    const rows = (way: 0 | 1): IndexedSlices => {
      const [values, indices, denseShape] = ways.map((pair) => pair[way]);
      return new IndexedSlices(values, indices, denseShape);
    };
    return [rows(0), rows(1)];
  });
}
/** The same beside what it reads; a reference stays one. */
export function switchBeside<T extends Rows>(data: T, pred: Tensor, name?: string): Ways<T>;
export function switchBeside(data: Rows, pred: Tensor, name = 'Switch'): Ways<Rows> {
  return getDefaultGraph().colocateWith(
    data.op,
    () => {
      if (!(data instanceof Tensor) || !data.dtype.isRef) return switchRows(data, pred, name);
      const [no, yes] = applyOp('RefSwitch', [data, pred], {}, name).outputs;
      return [no, yes];
    },
    true,
  );
}

/** Whichever of its inputs is there. */
export function mergeTensors(inputs: readonly Tensor[], name?: string): Tensor {
  return apply(inputs.every((x) => x.dtype.isRef) ? 'RefMerge' : 'Merge', [inputs], {}, name ?? 'Merge');
}
/** The same of rows, where one of them is rows. */
export function mergeRows(inputs: readonly Rows[], name?: string): Rows {
  const tensors = inputs.filter((x): x is Tensor => x instanceof Tensor);
  if (tensors.length === inputs.length) return mergeTensors(tensors, name);
  return scoped(name ?? 'Merge', () => {
    const all = ofOneIndexType(inputs.map(rowsOf));
    for (const each of all.slice(1)) assertSame(all[0], each);
    const flat = all.map(tensorsIn);
    const merged = flat[0].map((_, i) => mergeTensors(flat.map((parts) => parts[i])));
    const [values, indices, denseShape] = merged;
    return new IndexedSlices(values, indices, denseShape);
  });
}
/** All rows of a tensor, as rows. */
export function rowsOf(x: Rows): IndexedSlices {
  if (x instanceof IndexedSlices) return x;
  const shape = apply('Shape', [x]);
  return new IndexedSlices(x, range(0, element(shape, 0)), shape);
}
function ofOneIndexType(all: readonly IndexedSlices[]): IndexedSlices[] {
  const short = all.filter((rows) => rows.indices.dtype === int32).length;
  if (short === 0 || short === all.length) return [...all];
  return all.map((rows) =>
    rows.indices.dtype === int32
      ? new IndexedSlices(rows.values, castTo(rows.indices, int64), rows.denseShape ?? undefined)
      : rows,
  );
}

/** How a value comes into a loop. */
export interface EnterOptions {
  readonly frameName: string;
  readonly isConstant: boolean;
  readonly parallelIterations: number;
  /** Whether it keeps the shape that it has outside; true where nothing is said. */
  readonly keepsShape?: boolean;
}
export function enterTensor(
  data: Tensor,
  { frameName, isConstant, parallelIterations, keepsShape = true }: EnterOptions,
  name?: string,
): Tensor {
  const attrs = { frame_name: frameName, is_constant: isConstant, parallel_iterations: parallelIterations };
  const entered = apply(data.dtype.isRef ? 'RefEnter' : 'Enter', [data], attrs, name);
  if (keepsShape) entered.setShape(data.shape);
  return entered;
}
export function exitTensor(data: Tensor, name?: string): Tensor {
  return apply(data.dtype.isRef ? 'RefExit' : 'Exit', [data], {}, name);
}
export function nextIteration(data: Tensor): Tensor {
  return apply(data.dtype.isRef ? 'RefNextIteration' : 'NextIteration', [data]);
}
/** An Identity, which leaves a reference one. */
export function identityOf(data: Tensor, name?: string): Tensor {
  return apply(data.dtype.isRef ? 'RefIdentity' : 'Identity', [data], {}, name);
}
