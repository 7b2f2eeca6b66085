/** Named tuples that are classes in Python: made with and without `new`, by place and by name. */
import { type Key, noteBound, refused, signature } from './bind';

/** The class of the tuples that `make` makes of their parts, whose type says what they are of. */
export function tupleClass<C extends object>(key: Key, make: (parts: readonly unknown[]) => object): C {
  const binder = signature<unknown[]>(key);
  // No arrow: it may be called with `new`.
  function made(...given: readonly unknown[]): object {
    const parts = binder.take(given);
    try {
      return make(parts);
    } catch (error) {
      throw refused(binder, given, error);
    }
  }
  Object.defineProperty(made, 'name', { value: key.slice(key.lastIndexOf('.') + 1) });
  return noteBound(made as unknown as C, key);
}
