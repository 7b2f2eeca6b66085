/** What the handle of a TensorArray carries: its elements, and the arrays of its gradients. */
import { type DType, resource, zerosOf } from '../../base/dtype';
import { TensorShape, cShape, sameShape, sizeOf } from '../../base/shape';
import { KernelError, Value, invalid } from '../kernel';
import { Kind, type Place, type Resource, STEP, resourceOf } from '../resources';
import { sumOf } from './variant-math';

interface Element {
  value: Value | null;
  wasWritten: boolean;
  wasRead: boolean;
  wasCleared: boolean;
  /** What was written there, or of a gradient's array what the array forward has there. */
  shape: TensorShape;
}
export interface Settings {
  readonly name: string;
  readonly dtype: DType;
  readonly isDynamic: boolean;
  readonly clearsAfterRead: boolean;
  /** All elements have one shape. */
  readonly isOfOneShape: boolean;
  /** Writes to one index are summed: an array of gradients. */
  readonly sums: boolean;
}

/** Elements that an array, or a list, may have: each takes some hundred bytes before anything is written. */
const MOST_ELEMENTS = 1 << 22;
/** @throws KernelError  for more elements than there is room for, written or not */
export function checkRoom(count: number): void {
  if (count > MOST_ELEMENTS)
    throw new KernelError(
      'ResourceExhausted',
      `${count} elements: a TensorArray or a list of tensors has ${MOST_ELEMENTS} at most.`,
      'keep them in one tensor, or in a variable, and write to its rows.',
    );
}
export const emptyElement = (shape = TensorShape.unknown()): Element => ({
  value: null,
  wasWritten: false,
  wasRead: false,
  wasCleared: false,
  shape,
});

export class TensorArray implements Resource {
  readonly wasMade = true;
  private readonly gradients = new Map<string, Value>();
  private isOpen = true;
  private markedSize: number;
  constructor(
    readonly settings: Settings,
    readonly elements: Element[],
    private shape: TensorShape,
    marked = elements.length,
  ) {
    this.markedSize = marked;
  }
  get kind(): Kind<TensorArray> {
    return ARRAY;
  }
  get place(): Place {
    return { container: STEP, name: `_tensor_arrays${this.settings.name}` };
  }
  get size(): number {
    this.checkOpen();
    return this.elements.length;
  }
  /**
   * How many elements lie behind one another when all are asked for. Of a gradient's array as many as the array had
   * when its rows, or its parts, were written: what was added behind them has a gradient of its own.
   */
  get marked(): number {
    return this.settings.sums ? this.markedSize : this.size;
  }
  /** The elements that are there now are those that came together. */
  mark(): void {
    if (!this.settings.sums) this.markedSize = this.size;
  }
  get elementShape(): TensorShape {
    return this.shape;
  }
  /** Takes over a reference. */
  write(index: number, value: Value): void {
    const element = this.toWrite(index, value);
    if (element.value) {
      const sum = sumOf(element.value, value);
      element.value.release();
      value.release();
      element.value = sum;
    } else element.value = value;
    element.wasWritten = true;
    element.shape = new TensorShape(value.shape);
  }
  private toWrite(index: number, value: Value): Element {
    const { dtype, isDynamic, isOfOneShape, sums } = this.settings;
    const refuse = (why: string): never => {
      value.release();
      return this.fail(why);
    };
    this.checkOpen();
    if (index < 0 || (index >= this.elements.length && !isDynamic))
      return refuse(
        `Tried to write to index ${index} but array is not resizeable and size is: ${this.elements.length}`,
      );
    const at = `Could not write to TensorArray index ${index} because`;
    if (value.dtype !== dtype)
      return refuse(`${at} the value dtype is ${value.dtype.cName} but TensorArray dtype is ${dtype.cName}.`);
    if (!this.shape.isCompatibleWith(new TensorShape(value.shape)))
      return refuse(
        `${at} the value shape is [${value.shape.join(',')}] which is incompatible with the TensorArray's inferred ` +
          `element shape: ${this.shape.toCString()} (consider setting infer_shape=False).`,
      );
    if (index >= MOST_ELEMENTS) value.release();
    checkRoom(index + 1);
    while (index >= this.elements.length) this.elements.push(emptyElement());
    const element = this.elements[index];
    if (element.wasRead) return refuse(`${at} it has already been read.`);
    if (element.wasWritten && !sums) return refuse(`${at} it has already been written to.`);
    if (element.value && !sameShape(element.value.shape, value.shape))
      return refuse(
        `Could not aggregate to TensorArray index ${index} because the existing shape is ` +
          `${cShape(element.value.shape)} but the new input shape is ${cShape(value.shape)}.`,
      );
    if (isOfOneShape) this.shape = this.shape.mergeWith(new TensorShape(value.shape));
    return element;
  }
  /** With a reference for the caller. */
  read(index: number): Value {
    this.checkOpen();
    const { dtype, clearsAfterRead } = this.settings;
    if (index < 0 || index >= this.elements.length)
      invalid(`Tried to read from index ${index} but array size is: ${this.elements.length}`);
    const element = this.elements[index];
    if (element.wasCleared)
      this.fail(
        `Could not read index ${index} twice because it was cleared after a previous read ` +
          '(perhaps try setting clear_after_read = false?).',
      );
    if (!element.value) {
      const dims = element.shape.fullDims ?? this.shape.fullDims;
      if (!dims)
        return this.fail(
          `Could not read from TensorArray index ${index}.  Furthermore, the element shape is not fully defined: ` +
            `${this.shape.toCString()}.  It is possible you are working with a resizeable TensorArray and ` +
            'stop_gradients is not allowing the gradients to be written.  If you set the full element_shape property ' +
            'on the forward TensorArray, the proper all-zeros tensor will be returned instead of incurring this error.',
        );
      element.value = new Value(dtype, dims, zerosOf(dtype, sizeOf(dims), dims));
    }
    element.wasRead = true;
    const value = element.value.retain();
    if (clearsAfterRead) {
      element.value.release();
      element.value = null;
      element.wasCleared = true;
    }
    return value;
  }
  /**
   * The array of a gradient, made when it is first asked for; with a reference for the caller.
   * @param more  dimensions that its elements have in front of those of the elements here
   */
  gradient(source: string, more: readonly number[] = []): Value {
    this.checkOpen();
    let made = this.gradients.get(source);
    if (!made) {
      const { name, dtype, isOfOneShape } = this.settings;
      const settings = { name: `${name}@${source}`, dtype, isDynamic: false, clearsAfterRead: true, isOfOneShape };
      const longer = ({ dims }: TensorShape): TensorShape => new TensorShape(dims && [...more, ...dims]);
      const elements = this.elements.map(({ shape }) => emptyElement(longer(shape)));
      made = handleOf(new TensorArray({ ...settings, sums: true }, elements, longer(this.shape), this.markedSize));
      this.gradients.set(source, made);
    }
    return made.retain();
  }
  close(): void {
    this.released();
    this.isOpen = false;
  }
  dispose(): void {
    this.close();
  }
  released(): void {
    for (const element of this.elements) {
      element.value?.release();
      element.value = null;
    }
    for (const gradient of this.gradients.values()) gradient.release();
    this.gradients.clear();
  }
  fail(why: string): never {
    return invalid(`TensorArray ${this.settings.name}: ${why}`);
  }
  private checkOpen(): void {
    if (!this.isOpen) invalid(`TensorArray ${this.settings.name} has already been closed.`);
  }
}
const ARRAY = new Kind('N10tensorflow11TensorArrayE', TensorArray);
/** The array that a handle leads to. @throws InvalidArgument  where it leads to something else */
export const arrayOf = (handle: Value): TensorArray => resourceOf(handle, ARRAY);
export function handleOf(array: TensorArray): Value {
  return new Value(resource, [], null, null, array);
}
