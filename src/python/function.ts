/** `tensorflow.python.framework.function`. @module */
export { Defun } from '../flow/defun';
