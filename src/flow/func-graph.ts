/** The graph of a function while it is built, TensorFlow's FuncGraph: tensors from outside come in as arguments. */
import { textOf } from '../base/preview';
import { TypeError_, ValueError } from '../base/errors';
import type { TensorShape } from '../base/shape';
import type { DType } from '../base/dtype';
import { apply } from '../graph/apply';
import type { Capturing } from '../graph/capturing';
import { toTensor } from '../graph/constant';
import { type Graph, Operation, Tensor, getDefaultGraph, graphWith } from '../graph/graph';
import { addFunction } from '../graph/function-message';
import { depthWithin } from '../graph/nesting';
import { Key } from '../graph/own';
import { keepOrder } from './program-order';
import { flatten, flowIn, mapStructure } from './structure';

/** Counts names that are never the same twice in a process. */
const IDS = { next: 0 };
/** A name for a function: its scope, what it is, and a number. */
export function functionName(scope: string, what: string): string {
  return `${scope}${what}_${IDS.next++}`.replaceAll('/', '_');
}
/** A name for the gradient of a function. */
export const gradientName = (of: string): string => `${of}_grad_${IDS.next++}`;

const BODY = new Key<FuncGraph | null>('function that is built');
/** The function that a graph is the body of, or null. */
export const bodyOf = (graph: Graph): FuncGraph | null => graph.own(BODY, () => null);

interface BuildOptions {
  readonly args?: readonly Tensor[];
  readonly stands?: Tensor | null;
  readonly marked?: boolean;
}
export class FuncGraph implements Capturing<Graph, Operation, Tensor> {
  readonly variables: 'handles' | 'values' = 'handles';
  readonly isBranch: boolean = true;
  readonly graph: Graph;
  readonly depth: number;
  /** Its arguments: what it is given, and what it takes from outside. */
  inputs: Tensor[] = [];
  outputs: Tensor[] = [];
  /** The same as the function returned them. */
  returned: unknown = null;
  /** Tensors from outside, and what stands for each. */
  captures = new Map<Tensor, Tensor>();
  private origins = new Map<Tensor, Tensor>();
  /** Operations outside that it waits for. */
  readonly waits = new Set<Operation>();
  constructor(
    public name: string,
    readonly outer: Graph = getDefaultGraph(),
  ) {
    this.depth = depthWithin(outer);
    this.graph = graphWith(outer.library, this);
    this.graph.own(BODY, () => this);
    this.graph.flow.madeAsIn(outer.flow);
  }
  origin(tensor: Tensor): Tensor | null {
    return this.origins.get(tensor) ?? null;
  }
  inner(tensor: Tensor): Tensor | null {
    return this.captures.get(tensor) ?? null;
  }
  get externalCaptures(): Tensor[] {
    return [...this.captures.keys()];
  }
  waitFor(op: Operation): void {
    this.waits.add(op);
  }
  capture(tensor: Tensor): Tensor {
    if (tensor.graph === this.graph) return tensor;
    for (let at = bodyOf(tensor.graph); at; at = bodyOf(at.outer)) if (at === this) throw inaccessible(tensor, this);
    return this.captureOutside(tensor, tensor.op.name);
  }
  /** What stands for a tensor of another graph. @param name  of the argument, where it becomes one */
  protected captureOutside(tensor: Tensor, name: string): Tensor {
    const known = this.captures.get(tensor);
    if (known) return known;
    const made = this.argument(tensor.dtype, tensor.shape, name);
    this.captures.set(tensor, made);
    this.origins.set(made, tensor);
    this.inputs.push(made);
    return made;
  }
  /** A placeholder in the graph. */
  argument(dtype: DType, shape: TensorShape, name?: string): Tensor {
    return this.graph.asDefault((graph) =>
      graph.controlDependencies(null, () => {
        const { outputs } = graph.createOp('Placeholder', [], [dtype], { dtype, shape }, name ?? 'Placeholder');
        return outputs[0];
      }),
    );
  }
  /** Says what the arguments stand for, one by one. */
  resetCaptures(external: readonly Tensor[]): void {
    this.captures = new Map(external.map((t, i) => [t, this.inputs[i]]));
    this.origins = new Map(external.map((t, i) => [this.inputs[i], t]));
  }
  /**
   * Builds the function.
   *
   * @param stands  what is given in the place of an operation
   * @param marked  whether what it returns are nodes of their own, as in gradients
   */
  build(fn: (...args: Tensor[]) => unknown, { args = [], stands = null, marked = false }: BuildOptions = {}): this {
    this.graph.asDefault(() => {
      this.inputs = [...args];
      this.returned = mapStructure(fn(...args), (leaf) => {
        const result = this.result(leaf, stands);
        return marked && result instanceof Tensor ? apply('Identity', [result]) : result;
      });
      this.takeReturned();
      if (marked) keepOrder(this.graph, this.outputs);
    });
    return this;
  }
  /** Gives what it returned as outputs. */
  takeReturned(): void {
    this.outputs = flatten(this.returned).map((leaf) => this.capture(toTensor(flowIn(leaf))));
  }
  private result(leaf: unknown, stands: Tensor | null): unknown {
    if (stands && leaf instanceof Operation)
      return this.graph.controlDependencies([leaf], () => apply('Identity', [stands]));
    if (leaf === null || leaf === undefined || leaf instanceof Operation)
      throw new TypeError_(
        'To be compatible with tf.contrib.eager.defun, Python functions must return zero or more Tensors; ' +
          `in compilation of ${this.name}, found return value of type ${textOf(leaf)}, which is not a Tensor.`,
      );
    return flowIn(leaf) === leaf ? toTensor(leaf) : leaf;
  }
  /** Whether it does more than to compute its outputs. */
  get isStateful(): boolean {
    return this.graph.getOperations().some(({ def }) => def.isStateful);
  }
  /** Writes it into the library. @returns  its name */
  define(): string {
    return (this.name = addFunction(this));
  }
}

function inaccessible(tensor: Tensor, body: FuncGraph): ValueError {
  const { line } = tensor.op.trace;
  return new ValueError(
    `The tensor '${tensor}' cannot be accessed here: it is defined in another function or code block. Use return ` +
      'values, explicit Python locals or TensorFlow collections to access it. ' +
      `Defined in: FuncGraph(name=${bodyOf(tensor.graph)?.name}); accessed from: FuncGraph(name=${body.name}).` +
      (line ? `\n  it was made at ${line}` : ''),
  );
}
