/** The memory that the values of one run may take together, where somebody limits it: a server does. */
import { MEGABYTE, limitCure } from '../base/room';
import { cShape } from '../base/shape';
import { KernelError } from './kernel-error';
import { type Account, DEAD, type Value, release } from './value';

/** What a value takes beside its elements. */
const OVERHEAD = 96;

export class Budget implements Account {
  private held = 0;
  constructor(private readonly most: number) {}
  /** Reckons what a step gave. @throws KernelError  where that is too much; the values are released */
  charge(outputs: readonly Value[]): void {
    for (let i = 0; i < outputs.length; i++) {
      const value = outputs[i];
      if (value.account || value.base || value === DEAD) continue;
      value.account = this;
      this.held += bytesOf(value);
    }
    if (this.held > this.most) this.refuse(outputs);
  }
  freed(value: Value): void {
    this.held -= bytesOf(value);
  }
  private refuse(outputs: readonly Value[]): never {
    const held = this.held;
    const last = outputs.reduce((a, b) => (bytesOf(b) > bytesOf(a) ? b : a));
    const sentence =
      `OOM when allocating tensor with shape${cShape(last.shape)} and type ${last.dtype.cName}: ` +
      `the step would hold ${Math.ceil(held / MEGABYTE)} MB`;
    outputs.forEach(release);
    throw new KernelError('ResourceExhausted', sentence, limitCure(this.most));
  }
}
/** Texts are counted as they are: one may be as long as a tensor. */
function bytesOf({ dtype, size, data, payload }: Value): number {
  if (payload) return OVERHEAD;
  if (dtype.size || !data) return OVERHEAD + size * dtype.size;
  let bytes = OVERHEAD;
  for (const each of data) bytes += TEXT + String(each).length;
  return bytes;
}
const TEXT = 24;
