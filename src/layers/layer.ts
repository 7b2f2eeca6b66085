/** The layer that all layers are derived from: variables in a scope of its own, made when it first sees an input. */
import { type DType, asDtype, float32 } from '../base/dtype';
import { RuntimeError, TypeError_, ValueError } from '../base/errors';
import { isA, preview } from '../base/preview';
import { type TensorShape, sizeOf } from '../base/shape';
import { type Args, constructorOf, isPlain, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';
import { graphOf } from '../graph/apply';
import { type TensorLike, convertToTensor } from '../graph/constant';
import { type Operation, Tensor, getDefaultGraph } from '../graph/graph';
import { GraphKeys } from '../graph/keys';
import { flatten } from '../flow/structure';
import { castTo, shapeOf, element } from '../ops/words';
import { getVariable } from '../variables/get-variable';
import { getVariableScope, variableScope } from '../variables/scope';
import { VariableParts } from '../variables/partitioned';
import type { Variable } from '../variables/variable';
import type { Reuse, VariableScope } from '../variables/variable-scope';
import { glorotUniformInitializer } from '../variables/initializers';
import { type InputSpec, checkInput, mustBeOne } from './input-spec';
import { initializerOf } from './named';
import { nameOf, numbered, snakeCase } from './names';
import type { ActivityRegularizer, OneShape, Taken, Weight, WeightOptions } from './takes';

const LAYER = constructorOf<Taken>('layers.Layer');
const ADD_WEIGHT = signature<Weight>('layers.Layer.add_weight');
/**
 * What layers are derived from. One of your own makes its variables in `build`, when the shape of its input is known,
 * and its nodes in `call`:
 *
 *     class Scale extends tf.layers.Layer {
 *       factor!: tf.Variable;
 *       override build(shape: tf.TensorShape): void {
 *         this.factor = this.addWeight('factor', [shape.fullDims![1]], { initializer: tf.onesInitializer() });
 *       }
 *       override call(x: tf.Tensor): tf.Tensor {
 *         return x.mul(this.factor);
 *       }
 *     }
 *     new Scale().apply(tf.ones([2, 3])).name   // 'scale/mul:0'
 *
 * Applied again, it uses its variables again. What takes or gives more than a tensor says so: `Layer<X, Y>`.
 */
export class Layer<X = Tensor, Y = Tensor> {
  /** Its name in messages. Its variables are under `scopeName`. */
  readonly name: string;
  /** Whether optimizers change its variables. */
  trainable: boolean;
  /** What its inputs must be, or null for anything. */
  inputSpec: InputSpec | null = null;
  /** Whether it has its variables. */
  built = false;
  /** Penalties on its result. */
  protected activityRegularizer: ActivityRegularizer | null = null;
  private type: DType | null;
  protected readonly baseName: string;
  private readonly reuse: Reuse | null;
  private scope: VariableScope | null = null;
  /** Its own variables that optimizers change. */
  protected readonly trained: Variable[] = [];
  /** Its own variables that they leave alone. */
  protected readonly kept: Variable[] = [];
  private readonly lost: Tensor[] = [];
  private readonly changes: Operation[] = [];

  /**
   * Makes the layer; its variables come with its first input.
   *
   * @param trainable  whether optimizers change its variables
   * @param name       its name, which its variables' begin with; made of the class's where not given
   * @param dtype      of its variables; that of its first input where not given
   * @param _scope     the variable scope that it is in, for layers that share it
   * @param _reuse     whether its variables are those that are there already
   * @throws TypeError  for an argument that it does not take
   */
  constructor(...given: Args<'layers.Layer', Taken>) {
    const [trainable = true, name, dtype, _scope, _reuse] = LAYER.take(given);
    this.trainable = trainable;
    this.type = dtype === undefined ? null : asDtype(dtype);
    this.reuse = _reuse ?? null;
    this.baseName = name || snakeCase(new.target.name);
    this.name = name || numbered(getDefaultGraph(), this.baseName);
    if (_scope) this.scope = variableScope(_scope, (scope) => scope);
  }
  /** The dtype of its variables, null before it is known. */
  get dtype(): DType | null {
    return this.type;
  }
  /** Where its variables are. @throws ValueError  before its first input */
  get scopeName(): string {
    if (this.scope) return this.scope.name;
    throw new ValueError(
      `No name available for layer scope because the layer "${this.name}" has not been used yet. The scope name is ` +
        'determined the first time the layer instance is called. You must therefore call the layer before querying ' +
        '`scope_name`.',
    );
  }
  /** The variables that optimizers change. */
  get trainableVariables(): readonly Variable[] {
    return this.trainable ? [...this.trained] : [];
  }
  /** The variables that optimizers leave alone. */
  get nonTrainableVariables(): readonly Variable[] {
    return this.trainable ? [...this.kept] : [...this.trained, ...this.kept];
  }
  /** All its variables, those first that optimizers change. */
  get variables(): readonly Variable[] {
    return [...this.trained, ...this.kept];
  }
  /** The same, by its Keras name. */
  get trainableWeights(): readonly Variable[] {
    return this.trainableVariables;
  }
  /** The same, by its Keras name. */
  get nonTrainableWeights(): readonly Variable[] {
    return this.nonTrainableVariables;
  }
  /** The same, by its Keras name. */
  get weights(): readonly Variable[] {
    return this.variables;
  }
  /** Its penalties: tensors that a loss adds up. */
  get losses(): readonly Tensor[] {
    return [...this.lost];
  }
  /** What must run beside a training step, as the moving averages of a batch normalization. */
  get updates(): readonly Operation[] {
    return this.trainable ? [...this.changes] : [];
  }
  /** How many numbers its variables hold. @throws ValueError  before its first input */
  countParams(): number {
    if (!this.built)
      throw new ValueError(
        `You tried to call \`count_params\` on ${this.name}, but the layer isn't built. ` +
          `You can build it manually via: \`${this.name}.build(batch_input_shape)\`.`,
      );
    return this.variables.reduce((sum, { shape }) => sum + sizeOf(shape.fullDims ?? []), 0);
  }

  /**
   * Makes its variables: for a layer of one's own.
   *
   * @param _inputShape  the shape of the first input
   */
  build(_inputShape: TensorShape): void {
    this.built = true;
  }
  /**
   * Makes its nodes: for a layer of one's own.
   *
   * @param inputs  what it is applied to
   * @param _more   what else `apply` was given
   * @returns  the result
   */
  call(inputs: X, ..._more: readonly unknown[]): Y {
    // One that gives something else than it takes has a `call` of its own.
    return inputs as unknown as Y;
  }
  /**
   * The shape of what it gives, without making nodes: for what must know it before, as a decoder's output layer.
   *
   * @param inputShape  the shape of what it is applied to
   * @returns  the shape of the result
   * @throws RuntimeError  for a layer that does not say it
   */
  computeOutputShape(inputShape: OneShape): TensorShape;
  computeOutputShape(): TensorShape {
    throw new RuntimeError(
      `${this.constructor.name} does not say the shape of its result.\n  fix: give the class a method ` +
        'computeOutputShape(inputShape), or use a tf.layers.Dense.',
    );
  }
  /**
   * Applies the layer: makes its variables if it has none yet, and its nodes. Python's `layer(x)`.
   *
   *     const layer = new tf.layers.Dense(2);
   *     layer.apply(tf.ones([1, 3])).name   // 'dense/BiasAdd:0'
   *
   * @param inputs  a tensor, or what becomes one
   * @param more    what `call` takes beside it
   * @returns  the result
   * @throws ValueError  if the input is not what it expects
   */
  apply(inputs: X | TensorLike, ...more: readonly unknown[]): Y;
  apply(named: { readonly inputs: X | TensorLike; readonly [more: string]: unknown }): Y;
  apply(given: unknown, ...rest: readonly unknown[]): Y {
    const [inputs, ...more] = appliedTo(given, rest);
    if (this.inputSpec) mustBeOne(inputs, this.name);
    return this.applyIn(null, convertToTensor(inputs), more);
  }
  /**
   * The same, with the variable scope to be in where it has none yet.
   *
   * @param given   the scope, or its name; null for one of the layer's name
   * @param inputs  a tensor, or tensors in lists and objects
   * @param more    what `call` takes beside it
   */
  protected applyIn(given: string | VariableScope | null, inputs: unknown, more: readonly unknown[]): Y {
    const x = flatten(inputs).find((leaf) => leaf instanceof Tensor);
    if (!x) throw new ValueError(`Layer ${this.name} is applied to no tensor.`);
    const run = (): Y => {
      const scope = this.enterScope(given);
      const reuse = this.built ? true : this.reuse;
      return variableScope(scope, { reuse, auxiliaryNameScope: false }, (opened) => {
        if (inputs instanceof Tensor) checkInput(this.inputSpec, inputs, this.name);
        const y = graphOf([x]).nameScope(nameOf(opened), () => this.made(inputs as X, x, more));
        const updates = x.graph.getCollectionRef(GraphKeys.UPDATE_OPS);
        for (const change of this.updates) if (!updates.includes(change)) updates.push(change);
        return y;
      });
    };
    return x.graph === getDefaultGraph() ? run() : x.graph.asDefault(run);
  }
  private made(inputs: X, x: Tensor, more: readonly unknown[]): Y {
    if (!this.built) {
      this.type ??= x.dtype.baseDtype;
      this.build(x.shape);
      this.built = true;
    }
    const y = this.call(inputs, ...more);
    if (y === null || y === undefined)
      throw new ValueError(
        `A layer's \`call\` method should return a Tensor or a list of Tensors, not None (layer: ${this.name}).`,
      );
    if (this.activityRegularizer)
      for (const each of flatten(y)) if (each instanceof Tensor) this.penalizeResult(this.activityRegularizer, each);
    return y;
  }
  private penalizeResult(regularizer: ActivityRegularizer, y: Tensor): void {
    y.graph.nameScope('ActivityRegularizer', () => {
      const loss = regularizer(y);
      if (!loss) return;
      checkLoss(loss);
      const batch = castTo(element(shapeOf(y), 0), loss.dtype);
      this.addLoss(loss.div(batch));
    });
  }
  /** The scope of its variables, opened at the first input if it was not named before. */
  protected enterScope(given: string | VariableScope | null = null): VariableScope {
    this.scope ??= this.reuse
      ? variableScope(given ?? this.baseName, (scope) => scope)
      : variableScope(given, this.baseName, null, (scope) => scope);
    return this.scope;
  }

  /**
   * A variable of the layer: for `build`.
   *
   * @param name         below the layer's own
   * @param shape        its shape
   * @param dtype        its element type; the layer's where not given
   * @param initializer  what it starts from; the scope's, or Glorot's uniform one, where not given
   * @param regularizer  gives a penalty, which goes into `losses` and the collection REGULARIZATION_LOSSES
   * @param trainable    whether optimizers change it
   * @param constraint   a projection that an optimizer applies after each update
   * @param useResource  a variable behind a handle, as in TensorFlow 2
   * @param partitioner  keeps it in parts, as `tf.fixedSizePartitioner(2)`; the open scope's where not given
   * @returns  the variable
   * @throws ValueError  if it exists and is not reused, or does not and is
   */
  addWeight(...given: Args<'layers.Layer.add_weight', Weight>): Variable {
    const taken = ADD_WEIGHT.take(given);
    const reuse = this.built ? true : this.reuse;
    return variableScope(this.enterScope(), { reuse, auxiliaryNameScope: false }, (scope) =>
      getDefaultGraph().nameScope(nameOf(scope), () => this.weight(taken[0], taken[1], ADD_WEIGHT.named(taken, 2))),
    );
  }
  private weight(name: string, shape: readonly number[], options: WeightOptions): Variable {
    const graph = getDefaultGraph();
    const dtype = asDtype(options.dtype ?? this.type ?? float32);
    const before = options.regularizer ? new Set(graph.getCollection(GraphKeys.GLOBAL_VARIABLES)) : null;
    const { regularizer, ...more } = options;
    const wanted = (options.trainable ?? true) && this.trainable;
    const variable = getVariable(name, shape, {
      ...more,
      dtype,
      initializer:
        initializerOf(options.initializer) ??
        getVariableScope().initializer ??
        (dtype.isFloating ? glorotUniformInitializer() : null),
      trainable: wanted,
    });
    const parts: readonly Variable[] = variable instanceof VariableParts ? [...variable] : [variable];
    if (regularizer && !parts.some((part) => before!.has(part)))
      for (const part of parts)
        graph.nameScope(`${name}/Regularizer`, () => {
          const loss = regularizer(part);
          if (loss) this.addLoss(loss);
        });
    // What a custom getter of the scope put in its place may not be trained.
    const isTrained = wanted && graph.getCollection<unknown>(GraphKeys.TRAINABLE_VARIABLES).includes(variable);
    (isTrained ? this.trained : this.kept).push(variable);
    return variable;
  }
  /**
   * Adds penalties, to `losses` and the collection REGULARIZATION_LOSSES.
   *
   * @param losses  a tensor, or a list of them
   * @param inputs  what they depend on; nothing here asks for it
   */
  addLoss(...given: Args<'layers.Layer.add_loss', [losses: Tensor | readonly Tensor[], inputs?: unknown]>): void;
  addLoss(losses: Tensor | readonly Tensor[]): void {
    for (const loss of [losses].flat() as Tensor[]) {
      checkLoss(loss);
      this.lost.push(loss);
      loss.graph.addToCollection(GraphKeys.REGULARIZATION_LOSSES, loss);
    }
  }
  /**
   * Adds what must run beside a training step, to `updates` and the collection UPDATE_OPS.
   *
   * @param updates  an operation or a tensor, or a list of them
   * @param inputs   what they depend on; nothing here asks for it
   */
  addUpdate(...given: Args<'layers.Layer.add_update', [updates: Updates, inputs?: unknown]>): void;
  addUpdate(updates: Updates): void {
    for (const each of [updates].flat()) this.changes.push(each instanceof Tensor ? each.op : (each as Operation));
  }
  /** In a word. */
  toString(): string {
    return `<tf.layers.${this.constructor.name} '${this.scope?.name ?? this.name}'>`;
  }
}
bindMethods(Layer, {
  addLoss: 'layers.Layer.add_loss',
  addUpdate: 'layers.Layer.add_update',
  computeOutputShape: 'layers.Layer.compute_output_shape',
  countParams: 'layers.Layer.count_params',
});

/** @throws TypeError  for a penalty that is no tensor, such as a promise of one */
function checkLoss(loss: unknown): void {
  if (!isA(loss, Tensor)) throw new TypeError_(`A penalty is a tensor, not ${preview(loss)}.`);
}
type Updates = Operation | Tensor | readonly (Operation | Tensor)[];
/** What a layer is applied to, and what its `call` takes beside it: all by name where the input is. */
function appliedTo(given: unknown, more: readonly unknown[]): [inputs: TensorLike, ...more: unknown[]] {
  if (!isPlain(given) || !('inputs' in given)) return [given as TensorLike, ...more];
  const { inputs, ...named } = given;
  return [inputs as TensorLike, ...more, ...(Object.keys(named).length ? [named] : [])];
}
