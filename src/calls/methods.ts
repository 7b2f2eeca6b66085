/** How the methods of objects take their arguments as Python's do, at little cost where nothing is odd. */
import { Binder, isPlain, noteBound } from './bind';
import type { Key } from './types';

type Method = (this: unknown, ...args: unknown[]) => unknown;
interface Type {
  readonly prototype: object;
}
/**
 * Lets methods of a class take their arguments as Python's of these names do. Their bodies get them by position.
 *
 *     bindMethods(Tensor, { getShape: 'Tensor.get_shape', setShape: 'Tensor.set_shape' });
 */
export function bindMethods<T extends Type>(
  { prototype }: T,
  keys: Readonly<Partial<Record<keyof T['prototype'], Key>>>,
): void {
  for (const [name, key] of Object.entries(keys) as [string, Key][]) {
    const { value, ...flags } = Object.getOwnPropertyDescriptor(prototype, name)!;
    const body = value as Method;
    const binder = new Binder<unknown[]>(key, 'function');
    const method: Method = function (...given) {
      return body.apply(this, binder.take(given));
    };
    Object.defineProperty(method, 'name', { value: name });
    noteBound(method, key);
    Object.defineProperty(prototype, name, { ...flags, value: method });
  }
}

/** Whether a call of a block is as most are, `(value, body)`, and needs no binder. */
export function isPlainBlock(given: IArguments): boolean {
  return given.length === 2 && typeof given[1] === 'function' && !isPlain(given[0]);
}
