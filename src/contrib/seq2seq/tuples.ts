/** Named tuples that are classes in Python: made with and without `new`, by place and by name. */
import { namedTuple } from '../../base/named-tuple';
import { type Key, noteBound, signature } from '../../calls/bind';

/** The class of the tuples of these names, whose type says what they are of. @param key  TensorFlow's name */
export function tupleClass<C>(key: Key, names: readonly string[]): C {
  const binder = signature<unknown[]>(key);
  // No arrow: it may be called with `new`.
  function made(...given: readonly unknown[]): object {
    return namedTuple(names, binder.take(given));
  }
  Object.defineProperty(made, 'name', { value: key.slice(key.lastIndexOf('.') + 1) });
  return noteBound(made as unknown as C & object, key);
}
