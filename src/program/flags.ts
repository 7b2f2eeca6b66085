/**
 * `tf.flags` and `tf.app.flags`: what a program takes on its command line. Re-exports only.
 *
 * @module
 */
export {
  DEFINE_bool,
  DEFINE_boolean,
  DEFINE_enum,
  DEFINE_float,
  DEFINE_integer,
  DEFINE_list,
  DEFINE_string,
  FLAGS,
  type FlagHolder,
  type FlagValue,
  type FlagValues,
  markFlagAsRequired,
} from './flag-values';
