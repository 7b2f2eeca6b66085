/**
 * Device strings, read and joined after TensorFlow's `DeviceSpec`: `/job:worker/task:0/device:GPU:1`, or short,
 * `/gpu:1`.
 */
import { ValueError } from '../base/errors';

const NUMBERED = ['replica', 'task'] as const;
/** What a string says of a device; what it does not say is open. An index of `*` is any. */
interface DeviceSpec {
  job?: string;
  replica?: number;
  task?: number;
  type?: string;
  index?: number | '*';
}

/** @throws ValueError  if a part of it is none, or it names two types of device */
function parse(text: string): DeviceSpec {
  const spec: DeviceSpec = {};
  for (const part of text.split('/').filter(Boolean)) {
    const fields = part.split(':');
    const key = fields[0];
    const numbered = NUMBERED.find((name) => name === key);
    const isType = fields.length <= 2 && ['CPU', 'GPU'].includes(key.toUpperCase());
    if (fields.length === 2 && key === 'job') spec.job = fields[1];
    else if (fields.length === 2 && numbered) spec[numbered] = integer(fields[1], text);
    else if (isType || (fields.length === 3 && key === 'device')) {
      if (spec.type !== undefined) throw new ValueError(`Cannot specify multiple device types: ${text}${cure(text)}`);
      const [type, index = '*'] = isType ? fields : fields.slice(1);
      spec.type = type.toUpperCase();
      spec.index = index === '*' ? '*' : integer(index, text);
    } else throw new ValueError(`Unknown attribute: '${key}' in '${text}'${cure(text)}`);
  }
  return spec;
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

/** Joins the strings of open `device` blocks, inner ones winning part by part; `/cpu:0` becomes `/device:CPU:0`. */
export function mergeDevices(stack: readonly string[]): string {
  if (!stack.length) return '';
  const spec: DeviceSpec = Object.assign({}, ...stack.map(parse));
  const parts = (['job', ...NUMBERED] as const)
    .filter((key) => spec[key] !== undefined)
    .map((key) => `/${key}:${spec[key]}`);
  return parts.join('') + (spec.type === undefined ? '' : `/device:${spec.type}:${spec.index}`);
}
/** Whether a node may run in this process: the type of device is a wish, the machine is not. */
export function isLocal(device: string): boolean {
  const { job = 'localhost', replica = 0, task = 0 } = parse(device);
  return job === 'localhost' && replica === 0 && task === 0;
}
