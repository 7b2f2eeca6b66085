/** Datasets of what a node is given: tensors, their rows, numbers that follow one another. */
import { int64 } from '../../base/dtype';
import { TensorShape } from '../../base/shape';
import { type KernelNode, Value, invalid } from '../kernel';
import {
  type Cursor,
  Dataset,
  type DatasetKind,
  END,
  type Element,
  type Signature,
  checkSignature,
  retainAll,
  signatureOf,
} from './dataset';
import { cut } from './tensor-list';
import { own } from './variable-value';
import { VariantVector } from './variants';

/** A cursor that holds nothing. */
export const source = (next: Cursor['next']): Cursor => ({ next, dispose() {} });

/** Keeps tensors of a run, and gives a dataset of them. */
export function keeping<T>(given: Element, make: (tensors: Element) => T): T {
  const tensors = given.map(own);
  try {
    return make(tensors);
  } finally {
    for (const each of tensors) each.release();
  }
}
function checked(node: KernelNode, found: Signature): Signature {
  checkSignature(found, signatureOf(node, 'Toutput_types'));
  return found;
}

export const TENSORS: DatasetKind<Element> = {
  type: 'Tensor',
  open({ settings }) {
    let isOver = false;
    return source(() => {
      if (isOver) return END;
      isOver = true;
      return retainAll(settings);
    });
  },
};
/** All of them as one element. */
export function tensorDataset(given: Element, node: KernelNode): Dataset {
  const types = given.map(({ dtype }) => dtype);
  const shapes = given.map(({ shape }) => new TensorShape(shape));
  const signature = checked(node, { types, shapes });
  return keeping(given, (tensors) => new Dataset(TENSORS, tensors, [], signature, tensors));
}

export const SLICES: DatasetKind<Element> = {
  type: 'TensorSlice',
  open({ settings: tensors }, pass) {
    const count = tensors[0].shape[0];
    let at = 0;
    return source(() => (at < count ? pass.charge(rowOf(tensors, at++)) : END));
  },
};
export function rowOf(tensors: Element, index: number): Element {
  return tensors.map((x) =>
    x.payload instanceof VariantVector ? x.payload.values[index].retain() : cut(x, index, 1, x.shape.slice(1)),
  );
}
/** A row of each as an element. */
export function sliceDataset(given: Element, node: KernelNode): Dataset {
  if (given.some(({ shape }) => !shape.length)) invalid('All components must be at least 1-dimensional');
  if (given.some(({ shape }) => shape[0] !== given[0].shape[0]))
    invalid('All components must have the same size in the 0th dimension');
  const types = given.map(({ dtype }) => dtype);
  const signature = checked(node, { types, shapes: given.map(({ shape }) => new TensorShape(shape.slice(1))) });
  return keeping(given, (tensors) => new Dataset(SLICES, tensors, [], signature, tensors));
}

interface Steps {
  readonly start: bigint;
  readonly stop: bigint;
  readonly step: bigint;
}
export const RANGE: DatasetKind<Steps> = {
  type: 'Range',
  open({ settings: { start, stop, step } }, pass) {
    let next = start;
    return source(() => {
      if (step > 0n ? next >= stop : next <= stop) return END;
      const value = new Value(int64, [], BigInt64Array.of(next));
      next += step;
      return pass.charge([value]);
    });
  },
};
/** The one number of an input. @throws InvalidArgument  for what is no scalar */
export function numberIn(value: Value, name: string): bigint {
  if (value.shape.length) invalid(`${name} must be a scalar`);
  return BigInt(value.read()[0]);
}
export function rangeDataset([start, stop, step]: Element, node: KernelNode): Dataset {
  const steps = {
    start: numberIn(start, 'start'),
    stop: numberIn(stop, 'stop'),
    step: numberIn(step, 'step'),
  };
  if (steps.step === 0n) invalid('step must be a non-zero integer.');
  return new Dataset(RANGE, steps, [], signatureOf(node));
}
