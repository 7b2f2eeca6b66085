/** `tensorflow.python.framework.tensor_util`. @module */
export { getStaticValue as constantValue, isTensor } from '../control/framework';
