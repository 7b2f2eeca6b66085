/** What stands for a tensor by its values and where they are: it is known by what its values are. */
import type { DType } from '../base/dtype';
import type { Graph, Operation, Tensor } from './operation';

export abstract class OfValues {
  /** The values. */
  abstract readonly values: Tensor;
  /** The dtype of the values. */
  get dtype(): DType {
    return this.values.dtype;
  }
  /** The graph that they are in. */
  get graph(): Graph {
    return this.values.graph;
  }
  /** The operation that makes the values. */
  get op(): Operation {
    return this.values.op;
  }
  /** The name of the values. */
  get name(): string {
    return this.values.name;
  }
}
