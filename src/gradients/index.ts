/** Symbolic derivatives, as the tf namespace has them. */
export { AggregationMethod } from './aggregate';
export { type GradientFunction, NoGradient, NotDifferentiable, RegisterGradient, customGradient } from './custom';
export { hessians } from './hessians';
export { type Differentiable, type GradientOptions, type Gradients, type MaybeRows, gradients } from './gradients';
export { UnconnectedGradients } from './walk';
export type { GradY } from './initial';
