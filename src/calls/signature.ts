/** A Python signature, read from its text: which arguments there are, which must be given, and of what kind. */
import { keysOf, known } from '../base/keys';
import { isCallable, isInitializer, isList } from '../base/border';
import { DType } from '../base/dtype';
import { NDArray } from '../base/ndarray';
import { textOf } from '../base/preview';
import { memberOf } from '../base/thrown';
import { SIGNATURES } from './generated/signatures';
import { ALIASES, FUNCTIONS, LISTS, METHODS, NULLS, NUMBERS, OBJECTS, OWN, REFUSED, REQUIRED, SCALARS } from './own';
import type { Key } from './types';

/** What an argument's value must be, where its name or default says so; the rest is for the function to judge. */
export type Kind =
  | 'bool'
  | 'string'
  | 'DataType'
  | 'number'
  | 'real'
  | 'scalar'
  | 'shape'
  | 'function'
  | 'Graph'
  | 'list'
  | 'collections'
  | 'dict'
  | 'object'
  | 'refused';

export interface Argument {
  /** `globalStep` */
  readonly name: string;
  /** `global_step` */
  readonly python: string;
  readonly required: boolean;
  readonly kind: Kind | null;
  /** Whether null is a value of its own, and not the default. */
  readonly takesNull: boolean;
  /** As Python prints it. */
  readonly preset: string | null;
  /** What an object must be able to do to be taken; '' for all others. */
  readonly method: string;
}

export function camelCase(python: string): string {
  // Words of capitals keep theirs: DEFINE_float.
  if (/^[A-Z]+_/.test(python)) return python;
  return python.replace(/(?<=[^_])_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

const KIND_OF_NAME: Readonly<Record<string, Kind>> = {
  name: 'string',
  default_name: 'string',
  dtype: 'DataType',
  out_type: 'DataType',
  output_type: 'DataType',
  preferred_dtype: 'DataType',
  tensor_dtype: 'DataType',
  graph: 'Graph',
  seed: 'number',
  shape: 'shape',
  trainable: 'bool',
  keepdims: 'bool',
  keep_dims: 'bool',
  use_resource: 'bool',
  use_locking: 'bool',
  fused: 'bool',
  scale_after_normalization: 'bool',
  validate_shape: 'bool',
  data_format: 'string',
  pooling_type: 'string',
  encoding: 'string',
  equation: 'string',
  accum_name: 'string',
  linear_name: 'string',
  checkpoint_basename: 'string',
  checkpoint_dir: 'string',
  checkpoint_prefix: 'string',
  ckpt_dir_or_file: 'string',
  export_dir: 'string',
  filepattern: 'string',
  flag_name: 'string',
  import_scope: 'string',
  latest_filename: 'string',
  meta_graph_suffix: 'string',
  model_checkpoint_path: 'string',
  save_dir: 'string',
  save_path: 'string',
  tensor_str: 'string',
  train_dir: 'string',
};
/** Kinds whose value must be there where the argument must. */
const NEEDED: ReadonlySet<Kind | null> = new Set<Kind>(['list', 'object', 'real']);
/** Whether its value must be there, as a path's. A name may be null, and a Saver has words of its own. */
export function needsValue({ kind, required, python }: Argument): boolean {
  return required && ((kind === 'string' && python !== 'name' && python !== 'save_path') || NEEDED.has(kind));
}
/** What `tf.gfile` calls paths. */
const FILES = new Set([
  'filename',
  'dirname',
  'oldpath',
  'newpath',
  'oldname',
  'newname',
  'top',
  'mode',
  'path',
  'src',
  'dst',
]);
/** What an argument's object must have: a method of this name. */
const methodOf = (key: string, python: string): string => METHODS[`${key}:${python}`] ?? METHODS[python] ?? '';
function kindOf(key: string, python: string, value: string | null): Kind | null {
  if (python in REFUSED || `${key}:${python}` in REFUSED) return 'refused';
  if (methodOf(key, python)) return 'object';
  if (LISTS.has(python) || LISTS.has(`${key}:${python}`)) return 'list';
  if (NUMBERS.test(`${key}:${python}`)) return 'real';
  if (SCALARS.test(`${key}:${python}`)) return 'scalar';
  if (/^(metrics|updates|outputs)_collections$/.test(python)) return 'collections';
  if (OBJECTS.has(python) || OBJECTS.has(`${key}:${python}`)) return 'dict';
  if (/(^|\.)(name|variable|op)_scope$/.test(key) && python === 'values') return 'list';
  // Of several results, a dtype for each.
  if (key === 'map_fn' && python === 'dtype') return null;
  // A bool, or a tensor of one.
  if (python === 'training' || (python === 'is_training' && key.startsWith('contrib.'))) return null;
  if (python === 'feed_previous' && key.endsWith('seq2seq')) return null;
  // A graph, or a message of one.
  if (python === 'graph' && key.startsWith('summary.')) return null;
  if (/^train\.(write_graph|Supervisor)$/.test(key) && python === 'logdir') return 'string';
  if (key === 'DeviceSpec.parse_from_string' || python === 'input_name') return 'string';
  if (key.endsWith('export_meta_graph') && python === 'filename') return 'string';
  if (/^(io\.)?gfile\.(?!Glob)/.test(key) && FILES.has(python)) return 'string';
  // Two integers, or a tensor of them.
  if (python === 'seed' && key.startsWith('random.stateless_')) return null;
  if (python in KIND_OF_NAME) return KIND_OF_NAME[python];
  // A variable has words of its own for it.
  if (python === 'constraint' && /[vV]ariable$/.test(key)) return null;
  if (FUNCTIONS.test(`${key}:${python}`)) return 'function';
  return value === 'True' || value === 'False' ? 'bool' : null;
}

/** Whether it is a tensor or a variable. */
export function isNode(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'dtype' in value && 'op' in value;
}
/** Whether a value is of a kind. */
export const IS: Readonly<Record<Kind, (value: unknown, arg?: Argument) => boolean>> = {
  bool: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  // Not TensorFlow's number of one: tf.zeros(3, 4) is meant as a shape.
  DataType: (value) => value instanceof DType || typeof value === 'string',
  number: (value) => typeof value === 'number' || typeof value === 'bigint',
  real: (value) => typeof value === 'number',
  scalar: (value) => /^(number|bigint|boolean)$/.test(typeof value) || value instanceof NDArray || isNode(value),
  shape: (value) =>
    typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'object' && !(value instanceof DType)),
  // Initializers are functions of a shape, and no others.
  function: (value, arg) => isCallable(value) && (!isInitializer(value) || /initializer/i.test(arg?.name ?? '')),
  Graph: (value) => typeof value === 'object' && value !== null && 'asGraphElement' in value,
  list: isList,
  // A name, or several.
  collections: (value) => typeof value === 'string' || (isList(value) && value.every((x) => typeof x === 'string')),
  dict: () => true,
  object: (value, arg) => isCallable(memberOf(value, arg?.method ?? '')),
  // What it is anyway.
  refused: (value, arg) => {
    const text = typeof value === 'boolean' ? (value ? 'True' : 'False') : value instanceof DType ? value.name : value;
    return text !== undefined && textOf(text) === arg?.preset;
  },
};

/** `tf.train.AdamOptimizer` */
const fullNameOf = (key: string): string => `tf.${key.split('.').map(camelCase).join('.')}`;
/** Whose signature it is that programs call by a name; null where none is on file. */
export function keyOf(fullName: string): Key | null {
  const isNamed = (key: string): boolean => fullNameOf(key) === fullName;
  return keysOf(OWN).find(isNamed) ?? keysOf(SIGNATURES).find(isNamed) ?? null;
}
export class Signature {
  readonly key: string;
  /** What Python's messages call it: `minimize`, and `__init__` of a class. */
  readonly pythonName: string;
  /** `tf.train.AdamOptimizer` */
  readonly fullName: string;
  readonly args: readonly Argument[];
  readonly required: number;
  /** The place of Python's `*inputs`: all positions from there on are one list. -1 where there is none. */
  readonly rest: number;
  /** Python counts the object of a method among its arguments. */
  readonly self: 0 | 1;
  /** Places whose arguments are another name of an earlier one. */
  readonly aliases: readonly (readonly [from: number, to: number])[];
  private readonly places = new Map<string, number>();

  constructor(key: Key, kind: 'function' | 'class') {
    const text: string = key in OWN ? OWN[key as keyof typeof OWN] : SIGNATURES[key as keyof typeof SIGNATURES];
    this.key = key;
    const path = key.split('.');
    const isMethod = path.length > 1 && /^[A-Z]/.test(path[path.length - 2]);
    this.fullName = fullNameOf(key);
    this.pythonName = kind === 'class' ? '__init__' : path[path.length - 1];
    this.self = kind === 'class' || isMethod ? 1 : 0;
    const words = text ? text.split(', ').filter((word) => !word.startsWith('**')) : [];
    this.rest = words.findIndex((word) => word.startsWith('*'));
    const least = REQUIRED[key] ?? 0;
    this.args = words.map((word, i) => {
      const [, python, value] = known(/^\*?(\w+)(?:=(.*))?$/s.exec(word), `an argument in ${word}`);
      const required = i < least || (value === undefined && !word.startsWith('*'));
      return {
        name: camelCase(python),
        python,
        required,
        kind: kindOf(key, python, value ?? null),
        takesNull: NULLS.has(python) || NULLS.has(`${key}:${python}`),
        preset: value ?? null,
        method: methodOf(key, python),
      };
    });
    this.required = this.args.filter(({ required }) => required).length;
    this.args.forEach(({ name }, i) => this.places.set(name, i));
    this.aliases = Object.entries(ALIASES[key] ?? {}).map(([from, to]) => [this.placeOf(from), this.placeOf(to)]);
  }
  /** Whether it is an argument as Python spells it, and we do not. */
  isPythons(name: string): boolean {
    return this.args.some((arg) => arg.python === name && arg.name !== name);
  }
  placeOf(name: string): number {
    return this.places.get(name) ?? -1;
  }
}
