/**
 * `tf.dtypes`: the types of elements, which are in `tf` too. Re-exports only.
 *
 * @module
 */
export {
  bfloat16,
  bool,
  complex128,
  complex64,
  DType,
  float16,
  float16 as half,
  float32,
  float64,
  float64 as double,
  int16,
  int32,
  int64,
  int8,
  qint16,
  qint32,
  qint8,
  quint16,
  quint8,
  resource,
  string,
  uint16,
  uint32,
  uint64,
  uint8,
  variant,
} from '../base/dtype';
export { asDtype } from '../control/framework';
export { cast, saturateCast } from '../ops/cast';
export { complex } from '../ops/complex';
export { asString } from '../ops/texts';
