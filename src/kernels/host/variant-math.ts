/** Sums and zeros of variants, and variants side by side: what ops on tensors do where the tensors are variants. */
import { zerosOf } from '../../base/dtype';
import { sizeOf } from '../../base/shape';
import { opDef } from '../../graph/opdef';
import { KernelError, type StatefulKernel, Value, type VariantTable, invalid, resultOf } from '../kernel';
import { hostKernel } from '../registry';
import type { Payload } from '../value';
import { Optional, TensorList, VariantVector, carried, integer, merged, newList } from './variants';

/** What TensorFlow calls it. */
function nameOf(payload: Payload | null): string {
  if (payload instanceof TensorList) return 'tensorflow::TensorList';
  return payload instanceof Optional ? 'tensorflow::data::Optional' : 'tensorflow::Variant';
}
function zerosLike(value: Value): Value {
  const { payload, dtype, shape } = value;
  if (payload instanceof TensorList)
    return newList(
      payload.dtype,
      payload.shape,
      payload.items.all().map((item) => item && zerosLike(item)),
    );
  if (payload instanceof Optional) return carried(new Optional(payload.values?.map(zerosLike) ?? null));
  if (payload instanceof VariantVector) return carried(new VariantVector(payload.values.map(zerosLike)));
  return new Value(dtype, shape, zerosOf(dtype, sizeOf(shape), shape));
}
export function sumOf(a: Value, b: Value): Value {
  if (a.payload instanceof TensorList && b.payload instanceof TensorList) return sumOfLists(a.payload, b.payload);
  if (a.payload instanceof Optional && b.payload instanceof Optional) return sumOfOptionals(a.payload, b.payload);
  if (a.payload || b.payload)
    throw new KernelError(
      'Internal',
      'BianryOpVariants: Variants a and b have different type ids.  Type names: ' +
        `'${nameOf(b.payload)}' vs. '${nameOf(a.payload)}'`,
    );
  a.read();
  b.read();
  const { dtype, shape } = a;
  const add = hostKernel('AddN')!;
  const tensors = [a, b].map((x) => ({ dtype: x.dtype, shape: x.shape, data: x.read() }));
  const node = { def: opDef('AddN'), type: 'AddN', name: 'AddN', attrs: {}, outputTypes: [dtype] };
  return new Value(dtype, shape, resultOf(add.run(tensors, node)).data);
}
function sumOfLists(a: TensorList, b: TensorList): Value {
  if (a.dtype !== b.dtype)
    invalid(
      'Trying to add two lists of tensors of different dtypes. ' +
        `One is ${a.dtype.cName} and the other is ${b.dtype.cName}`,
    );
  if (a.length !== b.length)
    invalid(
      `Trying to add two lists of tensors with different lengths. One is ${a.length} and the other is ${b.length}`,
    );
  if (!a.shape.isCompatibleWith(b.shape))
    invalid(
      'Trying to add two lists of tensors with incompatible element shapes. ' +
        `One is ${a.shape.toCString()} and the other is ${b.shape.toCString()}`,
    );
  const [left, right] = [a.items.all(), b.items.all()];
  const items = left.map((x, i) => {
    const y = right[i];
    return x && y ? sumOf(x, y) : ((x ?? y)?.retain() ?? null);
  });
  return newList(a.dtype, merged(a.shape, b.shape), items);
}
function sumOfOptionals(a: Optional, b: Optional): Value {
  const [left, right] = [a.values, b.values];
  if (!left || !right) {
    if (left || right) invalid("Cannot add optionals because one has a value and the other doesn't.");
    return carried(new Optional(null));
  }
  if (left.length !== right.length)
    invalid(
      'Cannot add optionals because they have different numbers of components ' +
        `(${left.length} vs. ${right.length}).`,
    );
  return carried(new Optional(left.map((x, i) => sumOf(x, right[i]))));
}
const sum: StatefulKernel = ([first, ...others]) => {
  let total = first.retain();
  for (const each of others) {
    const next = sumOf(total, each);
    total.release();
    total = next;
  }
  return [total];
};
const sideBySide: StatefulKernel = (values) => [carried(new VariantVector(values.map((value) => value.retain())))];
const apart: StatefulKernel = ([value]) => {
  return vectorOf(value).map((each) => each.retain());
};
function vectorOf({ payload, dtype }: Value): readonly Value[] {
  return payload instanceof VariantVector ? payload.values : invalid(`input must be a vector of ${dtype.cName}s`);
}
/** One of a vector. */
const picked: StatefulKernel = ([values, index]) => {
  const at = integer(index);
  const list = vectorOf(values);
  if (at < 0 || at >= list.length) invalid(`indices = ${at} is not in [0, ${list.length})`);
  return [list[at].retain()];
};

/** Kernels of ops that have others for tensors. */
export const VARIANT_KERNELS: VariantTable = {
  AddN: sum,
  ZerosLike: ([value]) => [zerosLike(value)],
  Pack: sideBySide,
  Unpack: apart,
  Gather: picked,
  GatherV2: picked,
};
