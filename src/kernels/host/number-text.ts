/** Numbers as TensorFlow's C++ reads them from text: with spaces around them, and nothing else. */
import { type DType, float32, float64, int64, limitsOf } from '../../base/dtype';

const SPACE = '[ \\t\\n\\v\\f\\r]*';
const INTEGER = new RegExp(`^${SPACE}(-?[0-9]+)${SPACE}$`);
const FLOAT = new RegExp(
  `^${SPACE}([+-]?)(?:(inf)|(nan)|(0x[0-9a-f]+)|((?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?))${SPACE}$`,
  'i',
);
const SPACES = new RegExp(`^${SPACE}$`);

/** An integer of a type; null for what is none, or too large for it. */
function integerIn(text: string, dtype: DType): number | bigint | null {
  const found = INTEGER.exec(text);
  if (!found) return null;
  const value = BigInt(found[1]);
  const [least, most] = limitsOf(dtype);
  if (value < BigInt(least) || value > BigInt(most)) return null;
  return dtype === int64 ? value : Number(value);
}
/** A float, or a whole number in hexadecimal; spaces alone are 0. */
function floatIn(text: string): number | null {
  const found = FLOAT.exec(text);
  if (!found) return text && SPACES.test(text) ? 0 : null;
  const [, sign, infinity, nan, hexadecimal, decimal] = found;
  const size = infinity ? Infinity : nan ? NaN : Number(hexadecimal ?? decimal);
  return sign === '-' ? -size : size;
}
/** The number that a text says in a type: null where it says none. */
export function numberIn(text: string, dtype: DType): number | bigint | null {
  return dtype === float32 || dtype === float64 ? floatIn(text) : integerIn(text, dtype);
}
