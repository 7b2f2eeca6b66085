/** What is wrong with a list that an op takes as one input, in the words of TensorFlow's op_def_library. */
import { textOf } from '../base/preview';
import type { DType } from '../base/dtype';
import { TypeError_, ValueError } from '../base/errors';
import type { Nested } from '../base/nested';
import { toNDArray } from '../base/to-ndarray';
import { type TensorLike, isSymbolic, sampleOf } from './constant';
import { Tensor } from './graph';
import type { ArgDef, OpDef } from './opdef';

/** `concat_v2`: the name of the Python function that makes the op. */
function snakeCase(type: string): string {
  return type.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
export function notAList(def: OpDef, arg: ArgDef, value: unknown): TypeError_ {
  const shown = value instanceof Tensor && arg.numberAttr ? value.repr() : textOf(value);
  const op = arg.numberAttr ? snakeCase(def.type) : def.type;
  return new TypeError_(`Expected list for '${arg.name}' argument to '${op}' Op, not ${shown}.`);
}
export function wrongLength(def: OpDef, arg: ArgDef, length: number, wanted: number, by: ArgDef): ValueError {
  return new ValueError(
    `List argument '${arg.name}' to '${snakeCase(def.type)}' Op with length ${length} must match length ${wanted} ` +
      `of argument '${by.name}'.`,
  );
}
/** The types of all of them. `isSettled`: an earlier input had decided which one they should have. */
export function listError(
  def: OpDef,
  arg: ArgDef,
  values: readonly TensorLike[],
  wanted: DType,
  isSettled: boolean,
): TypeError_ {
  const types = values.map(typeOf);
  const names = types.map((type) => type?.name ?? '<NOT CONVERTIBLE TO TENSOR>');
  const rule = arg.dtype
    ? `do not match expected type ${wanted.name}`
    : isSettled
      ? `do not match type ${wanted.name} inferred from earlier arguments`
      : "don't all match";
  const lines = values.map((x, i) => {
    const t = isSymbolic(x) ? sampleOf(x) : null;
    const made = t?.op.trace.line ? `, made at ${t.op.trace.line}` : '';
    return `\n  ${arg.name}[${i}]${t ? `: ${t.name}` : ''} is ${names[i]}${made}`;
  });
  return new TypeError_(
    `Tensors in list passed to '${arg.name}' of '${def.type}' Op have types [${names.join(', ')}] that ${rule}.` +
      `${lines.join('')}${castCure(values, isSettled || arg.dtype ? wanted : null)}`,
  );
}
function typeOf(x: TensorLike): DType | null {
  if (isSymbolic(x)) return sampleOf(x).dtype.baseDtype;
  try {
    return toNDArray(x as Nested).dtype;
  } catch {
    return null;
  }
}
/** Of integers and fractions it is the integers that are converted. */
function castCure(values: readonly TensorLike[], wanted: DType | null): string {
  const types = values.map(typeOf);
  const to = wanted ?? types.find((type) => type?.isFloating) ?? types[0];
  const at = values.findIndex((x, i) => isSymbolic(x) && types[i] !== to);
  const x = values[at];
  if (!to || !isSymbolic(x) || to.kind === 'string' || types[at]?.kind === 'string') return '';
  const name = sampleOf(x)
    .op.name.replace(/\/read$/, '')
    .replace(/.*\//, '');
  return `\n  fix: tf.cast(${name}, tf.${to.name}).`;
}
