/**
 * Devices, read and joined after TensorFlow's `DeviceSpec`: `/job:worker/task:0/device:GPU:1`, or short, `/gpu:1`; and
 * which one a node is asked for on.
 */
import { isCallable, worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { preview } from '../base/preview';
import { type Args, constructorOf, signature } from '../calls/bind';
import { bindMethods } from '../calls/methods';

/** What TensorFlow calls the one device of this process. */
export const LOCAL_DEVICE = '/job:localhost/replica:0/task:0/device:CPU:0';

/** What a string says of a device; what it does not say is null. */
interface Parts {
  job: string | null;
  replica: number | null;
  task: number | null;
  deviceType: string | null;
  /** Null is any. */
  deviceIndex: number | null;
}
const FIELDS = ['job', 'replica', 'task', 'deviceType', 'deviceIndex'] as const;
const NUMBERED = ['replica', 'task'] as const;
const NOTHING: Readonly<Parts> = { job: null, replica: null, task: null, deviceType: null, deviceIndex: null };

/** @throws ValueError  if a part of it is none, or it names two types of device */
function parse(text: string): Parts {
  const parts = { ...NOTHING };
  for (const part of text.split('/').filter(Boolean)) {
    const fields = part.split(':');
    const key = fields[0];
    const numbered = NUMBERED.find((name) => name === key);
    const isType = fields.length <= 2 && ['CPU', 'GPU'].includes(key.toUpperCase());
    if (fields.length === 2 && key === 'job') parts.job = fields[1];
    else if (fields.length === 2 && numbered) parts[numbered] = integer(fields[1], text);
    else if (isType || (fields.length === 3 && key === 'device')) {
      if (parts.deviceType !== null) throw new ValueError(`Cannot specify multiple device types: ${text}${cure(text)}`);
      const [type, index = '*'] = isType ? fields : fields.slice(1);
      parts.deviceType = type.toUpperCase();
      parts.deviceIndex = index === '*' ? null : integer(index, text);
    } else throw new ValueError(`Unknown attribute: '${key}' in '${text}'${cure(text)}`);
  }
  return parts;
}
function integer(text: string, spec: string): number {
  if (!/^\s*[+-]?\d+\s*$/.test(text))
    throw new ValueError(`invalid literal for int() with base 10: '${text}'${cure(spec)}`);
  return Number(text);
}
function cure(text: string): string {
  const type = /gpu/i.test(text) ? 'gpu' : 'cpu';
  const device = `/device:${type.toUpperCase()}:0`;
  return (
    `\n  it is part of the device '${text}'` +
    `\n  fix: devices are written '/${type}:0', '${device}' or '/job:worker/task:0${device}'.`
  );
}
/** What `inner` says, and what it does not say from `outer`. */
function merged(outer: Parts, inner: Parts): Parts {
  const parts = { ...outer };
  for (const field of FIELDS) if (inner[field] !== null) Object.assign(parts, { [field]: inner[field] });
  return parts;
}
function textOf({ job, replica, task, deviceType, deviceIndex }: Parts): string {
  const said = { job, replica, task };
  const parts = (['job', ...NUMBERED] as const)
    .filter((key) => said[key] !== null)
    .map((key) => `/${key}:${said[key]}`);
  return parts.join('') + (deviceType === null ? '' : `/device:${deviceType}:${deviceIndex ?? '*'}`);
}

/** Fields of a `DeviceSpec`, by name; null or absent: not said. */
export interface DeviceFields {
  /** The name of the job, as `worker`. */
  readonly job?: string | null;
  /** The number of the replica. */
  readonly replica?: number | null;
  /** The number of the task in its job. */
  readonly task?: number | null;
  /** `CPU` or `GPU` */
  readonly deviceType?: string | null;
  /** Which of these; any where not given. */
  readonly deviceIndex?: number | null;
}
type Given = [
  job?: string | null,
  replica?: number | null,
  task?: number | null,
  deviceType?: string | null,
  deviceIndex?: number | null,
];
const DEVICE_SPEC = constructorOf<Given>('DeviceSpec');
const FROM_STRING = signature<[spec: string]>('DeviceSpec.from_string');
/** Whatever it is. */
function plainly(x: unknown): string {
  return typeof x === 'string' ? x : preview(x);
}
function word(x: string | null | undefined): string | null {
  return x === null || x === undefined ? null : plainly(x);
}
function number(x: number | string | null | undefined): number | null {
  return x === null || x === undefined ? null : integer(plainly(x), plainly(x));
}

function typeOf(type: string | null): string | null {
  return type === 'cpu' || type === 'gpu' ? type.toUpperCase() : type;
}

/**
 * A device, as far as it is said which: for `tf.device`, and for the strings that it takes.
 *
 *     const spec = new tf.DeviceSpec({ job: 'ps', task: 1 });
 *     spec.toString()                                                     // '/job:ps/task:1'
 *     spec.makeMergedSpec(tf.DeviceSpec.fromString('/gpu:0')).toString()   // '/job:ps/task:1/device:GPU:0'
 */
export class DeviceSpec {
  /** The name of the job. */
  job: string | null;
  /** The number of the replica. */
  replica: number | null;
  /** The number of the task in its job. */
  task: number | null;
  /** `CPU` or `GPU` */
  deviceType: string | null;
  /** Which of these; null is any. */
  deviceIndex: number | null;
  /**
   * The device; what is not given is not said.
   *
   * @param job          the name of the job
   * @param replica      the number of the replica
   * @param task         the number of the task in its job
   * @param deviceType   `CPU` or `GPU`
   * @param deviceIndex  which of these; any where not given
   * @throws ValueError  for a number that is none
   */
  constructor(...given: Args<'DeviceSpec', Given>) {
    const [job, replica, task, deviceType, deviceIndex] = DEVICE_SPEC.take(given);
    this.job = word(job);
    this.replica = number(replica);
    this.task = number(task);
    this.deviceType = typeOf(word(deviceType));
    this.deviceIndex = number(deviceIndex);
  }
  /** As `/job:worker/replica:0/task:1/device:GPU:0`, as far as it is said. */
  toString(): string {
    return textOf({ ...this, deviceType: typeOf(this.deviceType) });
  }
  /** What a string says. @throws ValueError  for what is no name of a device */
  static fromString(...given: Args<'DeviceSpec.from_string', [spec: string]>): DeviceSpec {
    const [spec] = FROM_STRING.take(given);
    return new DeviceSpec().parseFromString(spec);
  }
  /** Becomes what a string says. @throws ValueError  for what is no name of a device */
  parseFromString(spec: string | { readonly spec: string }): this;
  parseFromString(spec: string): this {
    return Object.assign(this, parse(spec));
  }
  /** Takes over what `dev` says. @throws TypeError  for what is no spec */
  mergeFrom(dev: DeviceSpec | { readonly dev: DeviceSpec }): void;
  mergeFrom(dev: DeviceSpec): void {
    if (!(dev instanceof DeviceSpec)) throw new TypeError_(`Expected a tf.DeviceSpec, got ${preview(dev)}.`);
    Object.assign(this, merged(this, dev));
  }
  /** A new one: what `dev` says, and what it does not say from here. @throws TypeError  for what is no spec */
  makeMergedSpec(dev: DeviceSpec | { readonly dev: DeviceSpec }): DeviceSpec;
  makeMergedSpec(dev: DeviceSpec): DeviceSpec {
    const spec = this.replace();
    spec.mergeFrom(dev);
    return spec;
  }
  /** A new one with some fields changed. */
  replace(fields: DeviceFields = {}): DeviceSpec {
    return new DeviceSpec({ ...this, ...fields });
  }
}
bindMethods(DeviceSpec, {
  parseFromString: 'DeviceSpec.parse_from_string',
  mergeFrom: 'DeviceSpec.merge_from',
  makeMergedSpec: 'DeviceSpec.make_merged_spec',
});

/** An input of a node that is being made. */
export interface PlacedInput {
  /** The name of the tensor. */
  readonly name: string;
  /** The device of its node. */
  readonly device: string;
}
/** A node that is being made, for a function that says on which device. */
export interface PlacedNode {
  /** Its name. */
  readonly name: string;
  /** Its op type. */
  readonly type: string;
  /** Its inputs. */
  readonly inputs: readonly PlacedInput[];
  /** What blocks further in say; '' where they say nothing. */
  readonly device: string;
}
/** Says on which device a node is asked for. */
export type DeviceFunction = (op: PlacedNode) => string | DeviceSpec;
/** What `tf.device` takes. */
export type DeviceLike = string | DeviceSpec | DeviceFunction;
/** @throws TypeError  for what names no device */
export function checkDevice(given: unknown): void {
  if (typeof given === 'string' || isCallable(given) || given instanceof DeviceSpec) return;
  throw new TypeError_(
    `The name of a device must be a string, a tf.DeviceSpec or a function, got ${preview(given)}.` +
      "\n  fix: tf.device('/cpu:0', () => …).",
  );
}

function noName(said: unknown): Error {
  return new TypeError_(
    `Expected binary or unicode string, got ${worded(said)}` +
      '\n  it is what a function of tf.device gave.\n  fix: return the name of a device; op.device changes nothing.',
  );
}
/** Joins the strings of open `device` blocks, inner ones winning part by part; `/cpu:0` becomes `/device:CPU:0`. */
export function mergeDevices(stack: readonly string[]): string {
  return stack.length ? textOf(stack.map(parse).reduce(merged)) : '';
}
/** Where the open blocks, the innermost last, ask for a node: a function of one sees what those inside of it said. */
export function deviceFor(stack: readonly DeviceLike[], node: Omit<PlacedNode, 'device'>): string {
  if (stack.every((block) => typeof block === 'string')) return mergeDevices(stack);
  let device = '';
  for (let i = stack.length - 1; i >= 0; i--) {
    const block = stack[i];
    if (typeof block === 'function') {
      const said = block({ ...node, device });
      if (typeof said !== 'string' && !(said instanceof DeviceSpec)) throw noName(said);
      device = String(said);
    } else device = mergeDevices([String(block), device]);
  }
  return device;
}
/** Whether a node may run in this process: the type of device is a wish, the machine is not. */
export function isLocal(device: string): boolean {
  const { job, replica, task } = parse(device);
  return (job ?? 'localhost') === 'localhost' && !replica && !task;
}
