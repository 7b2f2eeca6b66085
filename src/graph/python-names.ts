/** What Python would call and print, for error texts that are TensorFlow's word for word. */
import { NDArray } from '../base/ndarray';
import { describe, isRevoked } from '../base/preview';

/** `'x'`, as Python prints a string. */
export function pythonRepr(text: string): string {
  return `'${text}'`;
}
/** What Python would call the type of a JavaScript value. */
export function pythonType(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType';
  if (isRevoked(value)) return describe(value);
  if (value instanceof NDArray) return 'ndarray';
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float';
    case 'string':
      return 'str';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'function':
      return 'function';
    default:
      return Array.isArray(value) ? 'list' : typeOfObject(value);
  }
}
function typeOfObject(value: unknown): string {
  const name = describe(value);
  return name === 'Object' ? 'dict' : name;
}
