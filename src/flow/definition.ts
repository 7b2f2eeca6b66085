/** Functions that a program defines: built when they are first asked for, and added to each graph that calls them. */
import type { ByName } from '../base/by-name';
import { InvalidArgumentError, RuntimeError, ValueError } from '../base/errors';
import { known } from '../base/keys';
import type { DType } from '../base/dtype';
import type { TensorShape } from '../base/shape';
import { Attr } from '../format/attr';
import type { FunctionMessage } from '../format/function-def';
import { functionHash } from '../format/function-hash';
import { calledNames } from '../graph/called-functions';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { functionMessage, libraryFunction } from '../graph/function-message';
import { noteGradient } from '../graph/gradient-registry';
import { type Graph, type Operation, type Tensor, getDefaultGraph } from '../graph/graph';
import type { FunctionLibrary, GraphFunction } from '../graph/library';
import { type Grad, isRegistered } from '../graph/opdef';
import { DefunGraph } from './defun-graph';

/** How a function is called. */
export interface CallOptions extends ByName {
  /** The name of the node. */
  readonly name?: string | null;
  /** Whether the body may not take the place of the node. */
  readonly noinline?: boolean | null;
}
/** What is said of a definition. */
export interface DefinitionOptions extends ByName {
  /** The function's name; made of that of the program's function where not given. */
  readonly funcName?: string | null;
  /** A function of the node and the gradients of its results, as `RegisterGradient` takes it. */
  readonly pythonGradFunc?: ((op: Operation, ...grads: Tensor[]) => Grad | readonly Grad[]) | null;
  /** Names of the results. */
  readonly outNames?: readonly string[] | null;
  /** Says the shapes of the results of a node. */
  readonly shapeFunc?: ((op: Operation) => readonly TensorShape[]) | null;
  /** Whether what is read from outside is made again inside. */
  readonly captureByValue?: boolean | null;
  /** Stateful operations that may be, then. */
  readonly whitelistedStatefulOps?: readonly Operation[] | null;
  /** False takes the handles of variables, and not their values. */
  readonly captureResourceVarByValue?: boolean | null;
  /** Whether the body may not take the place of nodes that call it. */
  readonly noinline?: boolean | null;
}
/** A function of the program that builds the body. */
export type BodyFunction = (...args: Tensor[]) => unknown;

/** A definition as it is when it has been built. */
interface Built {
  readonly fn: GraphFunction;
  readonly body: FunctionMessage;
  readonly captured: readonly Tensor[];
  readonly library: FunctionLibrary;
  readonly stateful: readonly (readonly [name: string, type: string])[];
}

export class Definition {
  private built: Built | null = null;
  /** Whether a function of the program's is running. */
  private isOpen = false;
  constructor(
    private readonly func: BodyFunction,
    private readonly argNames: readonly string[],
    readonly types: readonly DType[],
    private readonly options: DefinitionOptions,
    private gradient: Definition | null = null,
  ) {}
  private get made(): Built {
    return (this.built ??= this.once('while it is built', () => this.build()));
  }
  /** Runs a function of the program. @throws RuntimeError  where that comes back here */
  private once<R>(when: string, body: () => R): R {
    if (this.isOpen)
      throw new RuntimeError(
        `maximum recursion depth exceeded: the function '${this.baseName}' calls itself ${when}.` +
          '\n  fix: a loop does something again and again: tf.whileLoop, or a loop of the program.',
      );
    this.isOpen = true;
    try {
      return body();
    } finally {
      this.isOpen = false;
    }
  }
  private get baseName(): string {
    return (this.options.funcName || this.func.name || 'lambda').replace(/^[^A-Za-z0-9.]+|[^\w.]/g, '');
  }
  get name(): string {
    return this.made.body.signature.name;
  }
  get message(): FunctionMessage {
    return this.made.body;
  }
  get captured(): readonly Tensor[] {
    return this.made.captured;
  }
  get statefulOps(): Built['stateful'] {
    return this.made.stateful;
  }
  get resultTypes(): DType[] {
    return this.message.signature.outputs.map(({ type }) => known(type, 'the type of a result'));
  }
  get gradientName(): string | null {
    return this.gradient?.name ?? null;
  }
  /** Says which function is the gradient. @throws RuntimeError  where one is said already */
  setGradient(gradient: Definition): void {
    if (this.gradient) throw new RuntimeError(`The function ${this.name} has a gradient function already.`);
    this.gradient = gradient;
  }

  private build(): Built {
    const { funcName, captureByValue, whitelistedStatefulOps, captureResourceVarByValue, noinline } = this.options;
    const base = this.baseName;
    const byValue = captureByValue ? new Set(whitelistedStatefulOps ?? []) : null;
    const body = new DefunGraph(base, byValue, captureResourceVarByValue === false ? 'handles' : 'values');
    const names = this.types.map((_, i) => this.argNames[i] ?? `arg${i}`);
    body.take(this.func, names, this.types);
    const attrs = callAttrs(noinline);
    const whole = { graph: body.graph, inputs: body.inputs, outputs: body.outputs, attrs, name: base };
    const described = functionMessage({ ...whole, outNames: this.options.outNames ?? [] });
    const name = funcName || [base, this.gradientName, functionHash(described)].filter(Boolean).join('_');
    const message = { ...described, signature: { ...described.signature, name } };
    return {
      fn: libraryFunction(whole, message),
      body: message,
      captured: byValue ? [] : body.externalCaptures,
      library: body.outer.library,
      stateful: body.graph.getOperations().flatMap((op) => (op.def.isStateful ? [[op.name, op.type] as const] : [])),
    };
  }
  /** Adds the function to a graph, with those that it calls and its gradient. */
  addTo({ library }: Pick<Graph, 'library'>): void {
    const { fn, body, library: home } = this.made;
    if (this.gradient && this.options.pythonGradFunc)
      throw new ValueError(`Gradient defined twice for function ${this.name}`);
    if (isRegistered(this.name))
      throw new InvalidArgumentError(
        null,
        `Cannot add function '${this.name}' because an op with the same name already exists.`,
      );
    library.add(fn);
    if (home !== library) addCalled(body, home, library);
    if (!this.gradient) return;
    library.setGradient(this.name, this.gradient.name);
    this.gradient.addTo({ library });
  }
  /** @throws ValueError  where an argument is of another dtype than the function takes */
  private checkTypes(given: readonly Tensor[], node: string): void {
    const { inputs, outputs, isStateful } = this.message.signature;
    const at = inputs.findIndex(({ type }, i) => type?.cName !== given[i].dtype.baseDtype.cName);
    if (at < 0) return;
    const [args, results] = [inputs, outputs].map((list) => list.map((arg) => `${arg.name}:${arg.type?.cName}`));
    throw new ValueError(
      `Input '${inputs[at].name}' passed ${given[at].dtype.baseDtype.cName} expected ${inputs[at].type?.cName} while ` +
        `building NodeDef '${node}' using Op<name=${this.name}; signature=${args.join(', ')} -> ` +
        `${results.join(', ')}${isStateful ? '; is_stateful=true' : ''}>`,
    );
  }
  /** A node that calls it. */
  call(args: readonly TensorLike[], { name, noinline }: CallOptions): Operation {
    const graph = getDefaultGraph();
    this.addTo(graph);
    const inputs = [...args.map((x) => convertToTensor(x)), ...this.captured];
    const wanted = this.message.signature.inputs.length;
    if (inputs.length !== wanted)
      throw new ValueError(`Expected number of arguments: ${wanted}, received: ${inputs.length}`);
    this.checkTypes(inputs, name || this.name);
    const attrs = callAttrs(noinline);
    const op = graph.createOp(this.name, inputs, this.resultTypes, attrs, name || this.name, Definition.prototype.call);
    const { pythonGradFunc, shapeFunc } = this.options;
    if (pythonGradFunc) noteGradient(op, (node, grads) => pythonGradFunc(node, ...grads));
    if (shapeFunc)
      giveShapes(
        op,
        this.once('in its shape function', () => shapeFunc(op)),
      );
    return op;
  }
}
function giveShapes({ outputs }: Operation, shapes: readonly TensorShape[]): void {
  if (shapes.length !== outputs.length)
    throw new ValueError(`shape_func produced ${shapes.length} shapes for ${outputs.length} outputs`);
  shapes.forEach((shape, i) => outputs[i].setShape(shape));
}
function callAttrs(noinline?: boolean | null): Readonly<Record<string, Attr>> {
  const attrs = { _disable_call_shape_inference: new Attr('bool', true) };
  return noinline === null || noinline === undefined ? attrs : { ...attrs, _noinline: new Attr('bool', noinline) };
}
/** The functions that a function calls, from one library into another. */
function addCalled(body: FunctionMessage, from: FunctionLibrary, to: FunctionLibrary): void {
  const bodies = [body];
  for (const { nodes } of bodies)
    for (const name of nodes.flatMap(calledNames)) {
      const fn = from.get(name);
      if (!fn?.body || to.get(name)) continue;
      to.add(fn);
      bodies.push(fn.body);
    }
}
