/**
 * Room for results: before a device's kernel runs whose result may be larger than its inputs, the shape function of its
 * op says how many elements that is, and what no memory holds is refused at once. TensorFlow would try for ten seconds,
 * and the addon ends the process where it gets no copy. Host kernels ask when they take memory (`hostZeros`).
 */
import { NDArray } from '../base/ndarray';
import { FEW, claim } from '../base/room';
import { TensorShape } from '../base/shape';
import { type AttrKind, type AttrRead, type AttrValue, read } from '../format/attr';
import type { AttrName, AttrOf } from '../graph/attr-reader';
import { shapeFromValue } from '../graph/known-value';
import type { HandleData, ShapeContext, ShapeFn } from '../graph/shape-context';
import { ShapeError } from '../graph/shape-error';
import type { DeviceKernel, KernelNode } from './kernel';
import { KernelError } from './kernel-error';
import type { Value } from './value';

/** How large a result may become: no larger than all inputs multiplied, or as integer operands say: `OpFacts.grows`. */
export type Growth = 'shapes' | 'numbers' | 'rows';

/** Integer operands of more elements than this say no size. */
const MOST_READ = 1 << 16;

/** What TensorFlow takes for a text, whatever is in it. */
const TEXT = 24;

/** The kernel behind a question for room. */
export function withRoom(kernel: DeviceKernel, growth: Growth, shapesOf: ShapeFn): DeviceKernel {
  const run: DeviceKernel = (inputs, node) => {
    if (growth !== 'shapes' || mayBeMany(inputs))
      claimResults(new RunContext(inputs, node, growth === 'rows' ? Infinity : MOST_READ), shapesOf);
    return kernel(inputs, node);
  };
  return kernel.overhead === undefined ? run : Object.assign(run, { overhead: kernel.overhead });
}
/** Whether the sizes of the inputs multiplied are many. An empty input may have large dimensions all the same. */
function mayBeMany(inputs: readonly Value[]): boolean {
  let most = 1;
  for (let i = 0; i < inputs.length; i++) {
    const { size } = inputs[i];
    if (size === 0) return true;
    most *= size;
  }
  return most > FEW;
}
/** @throws ResourceExhaustedError  where a result is more than there may be */
function claimResults(context: RunContext, shapesOf: ShapeFn): void {
  const { node } = context;
  let shapes: ReturnType<ShapeFn>;
  try {
    shapes = shapesOf(context);
  } catch (error) {
    // Operands that do not fit are for the kernel to refuse.
    if (!(error instanceof ShapeError)) throw error;
    if (error.form === 'in a run') throw new KernelError('InvalidArgument', error.message);
    return;
  }
  shapes.forEach((shape, i) => {
    const dims = TensorShape.of(shape).fullDims;
    const dtype = node.outputTypes[i];
    if (dims && dtype)
      claim(
        dims.reduce((a, b) => a * b, 1),
        dtype.size || TEXT,
        dtype.cName,
        dims,
      );
  });
}

/** What a shape function sees of a step that is about to run. */
class RunContext implements ShapeContext {
  constructor(
    private readonly values: readonly Value[],
    readonly node: KernelNode,
    /** Larger operands are not looked into. */
    private readonly most: number,
  ) {}
  get inputs(): number {
    return this.values.length;
  }
  get outputs(): number {
    return this.node.outputTypes.length;
  }
  shape(input: number): TensorShape {
    return new TensorShape(this.values[input].shape);
  }
  value(input: number): NDArray | null {
    const value = this.values[input];
    if (value.payload || value.size > this.most) return null;
    return new NDArray(value.dtype, value.shape, value.read());
  }
  asShape(input: number): TensorShape | null {
    return shapeFromValue(this.value(input), () => null, this.shape(input));
  }
  attr<N extends AttrName>(name: N): AttrOf<N>;
  attr<K extends AttrKind>(name: string, kind: K): AttrRead<K>;
  attr(name: string, kind?: AttrKind): AttrValue {
    return read(name, this.node.attrs[name], kind);
  }
  handle(): HandleData | null {
    return null;
  }
}
