/** A layer that has a kernel and a bias. */
import type { Tensor } from '../graph/graph';
import { biasAdd } from '../ops/bias';
import { zerosInitializer } from '../variables/initializers';
import type { Variable } from '../variables/variable';
import type { WeightsOptions } from './arguments';
import { Layer } from './layer';
import type { LayerOptions } from './takes';
import { activationOf } from './named';

export type WeightsLayerOptions = WeightsOptions & Omit<LayerOptions, 'name' | 'trainable'>;

/** What dense and convolutional layers are derived from. */
export abstract class WeightsLayer extends Layer {
  /** Its weights; there from its first input on. */
  kernel!: Variable;
  /** Its bias, null without one. */
  bias: Variable | null = null;
  /** What is applied to its result. */
  readonly activation: ((x: Tensor) => Tensor) | null;
  /** Whether it has a bias. */
  readonly useBias: boolean;
  private readonly options: WeightsOptions;

  protected constructor(options: WeightsLayerOptions) {
    const { trainable, name, dtype, _scope, _reuse } = options;
    super({ trainable, name, dtype, _scope, _reuse });
    this.options = options;
    this.activation = activationOf(options.activation);
    this.useBias = options.useBias ?? true;
    this.activityRegularizer = options.activityRegularizer ?? null;
  }
  /** Makes the two variables. */
  protected makeWeights(kernelShape: readonly number[], units: number): void {
    const { options } = this;
    this.kernel = this.addWeight('kernel', kernelShape, {
      initializer: options.kernelInitializer,
      regularizer: options.kernelRegularizer,
      constraint: options.kernelConstraint,
    });
    this.makeBias(units);
  }
  /** Makes the bias, where there is one. */
  protected makeBias(units: number): void {
    const { options } = this;
    if (this.useBias)
      this.bias = this.addWeight('bias', [units], {
        initializer: options.biasInitializer ?? zerosInitializer(),
        regularizer: options.biasRegularizer,
        constraint: options.biasConstraint,
      });
  }
  /** Adds the bias and applies the activation. */
  protected finish(y: Tensor, dataFormat?: 'NHWC' | 'NCHW'): Tensor {
    const biased = this.biased(y, dataFormat);
    return this.activation ? this.activation(biased) : biased;
  }
  /** Adds the bias, where there is one. */
  protected biased(y: Tensor, dataFormat?: 'NHWC' | 'NCHW'): Tensor {
    return this.bias ? biasAdd(y, this.bias, { dataFormat }) : y;
  }
}
