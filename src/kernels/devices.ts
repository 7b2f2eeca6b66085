/**
 * The devices by name: those that came with the library, and those that were added. One is opened when a session asks
 * for it; where none is asked for, the first of them that loads.
 */
import { ValueError } from '../base/errors';
import { env, warn } from '../base/platform';
import type { Compute } from '../graph/constant-part';
import { BUILT_IN } from './built-in';
import { computeConstant } from './constant-part';
import type { Device, DeviceRow } from './kernel';
import { registerHostKernels, registerStatefulKernels, registerVariantKernels } from './registry';

const ROWS = new Map<string, DeviceRow>();
const OPEN = new Map<string, Device>();
let announced = false;

/**
 * Adds a device; it comes after those that are there. What this returns takes it away again.
 * @throws ValueError  where there is one of that kind
 */
export function registerDevice(row: DeviceRow): () => void {
  if (ROWS.has(row.kind)) throw new ValueError(`A device '${row.kind}' is registered already.`);
  ROWS.set(row.kind, row);
  return () => {
    ROWS.delete(row.kind);
    OPEN.delete(row.kind);
  };
}
for (const row of BUILT_IN) registerDevice(row);

/** The names of all devices, whether they can be had or not. */
export function registeredDevices(): string[] {
  return [...ROWS.keys()];
}

/**
 * The device of a kind, or the first that loads. One of each per process.
 * @throws ValueError  if there is no device of that name; what the device throws if it cannot be had
 */
export function openDevice(kind?: string): Device {
  const asked = kind ?? env('TFJS_SESSION_DEVICE');
  loadHostKernels();
  if (asked !== undefined) return open(rowOf(asked, kind === undefined ? 'TFJS_SESSION_DEVICE' : 'config.device'));
  let absences = '';
  for (const row of ROWS.values()) {
    try {
      const device = open(row);
      announce(`tfjs-session: running on the ${row.kind} device${row.title ? ` (${row.title})` : ''}${absences}.`);
      return device;
    } catch (error) {
      if (!row.absence) throw error;
      absences += `; ${row.absence}`;
    }
  }
  throw new ValueError('No device is registered.');
}
/** @throws ValueError  for the name of a device that there is not */
export function checkDevice(kind: string): void {
  rowOf(kind, 'config.device');
}
function rowOf(kind: string, from: string): DeviceRow {
  const row = ROWS.get(kind);
  if (row) return row;
  const names = registeredDevices().map((name) => `'${name}'`);
  const list = [names.slice(0, -1).join(', '), names[names.length - 1]].filter(Boolean).join(' or ');
  throw new ValueError(`Unknown device '${kind}' in ${from}: it is ${list}.`);
}
function open(row: DeviceRow): Device {
  let device = OPEN.get(row.kind);
  if (!device) OPEN.set(row.kind, (device = row.open()));
  return device;
}
function announce(line: string): void {
  if (announced || env('TFJS_SESSION_QUIET')) return;
  announced = true;
  warn(line);
}
/** What follows from constants while a graph is built, computed by the host's kernels. */
export const computeOnHost: Compute = (op, inputs) => {
  loadHostKernels();
  return computeConstant(op, inputs);
};
let loaded = false;
/** Registers the host kernels, once. */
export function loadHostKernels(): void {
  if (loaded) return;
  loaded = true;
  const { HOST_TABLES, STATEFUL_TABLES, VARIANT_TABLES } = require('./host') as typeof import('./host');
  for (const table of HOST_TABLES) registerHostKernels(table);
  for (const table of STATEFUL_TABLES) registerStatefulKernels(table);
  for (const table of VARIANT_TABLES) registerVariantKernels(table);
}
