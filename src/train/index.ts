/** The tf.train namespace. */
export { AdadeltaOptimizer, type AdadeltaOptions } from './adadelta';
export { AdagradOptimizer, type AdagradOptions } from './adagrad';
export { AdamOptimizer, type AdamOptions } from './adam';
export {
  type DecayOptions,
  cosineDecay,
  exponentialDecay,
  inverseTimeDecay,
  naturalExpDecay,
  polynomialDecay,
} from './decay';
export { assertGlobalStep, createGlobalStep, getGlobalStep, getOrCreateGlobalStep, globalStep } from './global-step';
export { GradientDescentOptimizer } from './gradient-descent';
export { MomentumOptimizer, type MomentumOptions } from './momentum';
export {
  type ApplyGradientsOptions,
  type ComputeGradientsOptions,
  type GateGradients,
  type GradAndVar,
  type Gradient,
  type Hyperparameter,
  type MinimizeOptions,
  Optimizer,
  type OptimizerOptions,
} from './optimizer';
export { RMSPropOptimizer, type RMSPropOptions } from './rmsprop';
