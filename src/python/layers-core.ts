/** `tensorflow.python.layers.core`. @module */
export { Dense, Dropout, dense, dropout, Flatten, flatten } from '../layers';
