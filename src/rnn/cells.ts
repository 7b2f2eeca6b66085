/**
 * `tf.nn.rnnCell`: one step of a recurrent net. Re-exports only.
 *
 * @module
 */
export { BasicRNNCell, GRUCell } from './basic';
export { DropoutWrapper, type DropoutWrapperOptions, type StateFilter } from './dropout';
export { RNNCell, type StateNamed, type Step, type StepInput, type StepNames, type ZeroNames } from './cell';
export { BasicLSTMCell, LSTMCell } from './lstm';
export { MultiRNNCell, type StateOf, type StatesOf } from './multi';
export { type AnyCell, type BatchSize, type CellLike, LSTMStateTuple, type StateSize } from './state';
export {
  DeviceWrapper,
  type ResidualFn,
  ResidualWrapper,
} from './wrappers';
