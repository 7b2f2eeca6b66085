import type { DType } from '../base/dtype';
import { TensorShape } from '../base/shape';
import type { Graph, Operation, Tensor } from './operation';

/** The sparse gradient of a gather: rows `values[i]` of a tensor of shape `denseShape`, at `indices[i]`. */
export class IndexedSlices {
  constructor(
    readonly values: Tensor,
    readonly indices: Tensor,
    readonly denseShape: Tensor | null = null,
  ) {}
  get dtype(): DType {
    return this.values.dtype;
  }
  /** The dense tensor's; how many rows it has is not known here. */
  get shape(): TensorShape {
    return this.values.shape.dims ? new TensorShape([null, ...this.values.shape.dims.slice(1)]) : this.values.shape;
  }
  get graph(): Graph {
    return this.values.graph;
  }
  get op(): Operation {
    return this.values.op;
  }
  get name(): string {
    return this.values.name;
  }
  toString(): string {
    const denseShape = this.denseShape ? `, dense_shape=${this.denseShape}` : '';
    return `IndexedSlices(indices=${this.indices}, values=${this.values}${denseShape})`;
  }
}
