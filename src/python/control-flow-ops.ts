/** `tensorflow.python.ops.control_flow_ops`. @module */
export { group, tuple } from '../control/group';
export { Assert } from '../flow/assert';
export { case } from '../flow/case';
export { cond } from '../flow/cond';
export { whileLoop } from '../flow/loop';
export { noOp } from '../ops/control';
