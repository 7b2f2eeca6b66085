/** Numbers as C writes them: `%f`, `%e` and `%g`, to the last digit. */

/** A finite number as a whole one times a power of 2. */
function parts(x: number): [mantissa: bigint, power: number] {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(x));
  const bits = view.getBigUint64(0);
  const [exponent, fraction] = [Number(bits >> 52n), bits & ((1n << 52n) - 1n)];
  return exponent ? [fraction | (1n << 52n), exponent - 1075] : [fraction, -1074];
}
/** What is nearest to |x| · 10^power; of two as near the even one. */
function scaled(x: number, power: number): bigint {
  const [mantissa, two] = parts(x);
  const above = mantissa * (two > 0 ? 2n ** BigInt(two) : 1n) * (power > 0 ? 10n ** BigInt(power) : 1n);
  const below = (two < 0 ? 2n ** BigInt(-two) : 1n) * (power < 0 ? 10n ** BigInt(-power) : 1n);
  const whole = above / below;
  const rest = 2n * (above - whole * below);
  return rest > below || (rest === below && whole % 2n === 1n) ? whole + 1n : whole;
}
/** So many decimals has a float at most: zeros follow. */
const DECIMALS = 1074;
function scaledText(x: number, power: number): string {
  const more = Math.max(power - DECIMALS, 0);
  return scaled(x, power - more).toString() + '0'.repeat(more);
}
/** A point in front of the last digits. */
const pointed = (digits: string, places: number, always: boolean): string =>
  places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : always ? `${digits}.` : digits;

function fixed(x: number, places: number, always: boolean): string {
  return pointed(scaledText(x, places).padStart(places + 1, '0'), places, always);
}
/** The digits of |x| and its power of 10. */
function digitsOf(x: number, places: number): [digits: string, power: number] {
  if (x === 0) return ['0'.repeat(places + 1), 0];
  let power = Number(Math.abs(x).toExponential().split('e')[1]);
  let digits = scaledText(x, places - power);
  if (digits.length > places + 1) digits = scaledText(x, places - ++power);
  return [digits, power];
}
function exponential(x: number, places: number, always: boolean): string {
  const [digits, power] = digitsOf(x, places);
  const at = String(Math.abs(power)).padStart(2, '0');
  return `${pointed(digits, places, always)}e${power < 0 ? '-' : '+'}${at}`;
}
function general(x: number, precision: number, always: boolean): string {
  const digits = precision || 1;
  const [, power] = digitsOf(x, digits - 1);
  const isShort = power >= -4 && power < digits;
  const text = isShort ? fixed(x, digits - 1 - power, always) : exponential(x, digits - 1, always);
  if (always) return text;
  const [number, exponent] = text.split('e');
  const short = number.includes('.') ? number.replace(/\.?0+$/, '') : number;
  return exponent === undefined ? short : `${short}e${exponent}`;
}
const KINDS = { f: fixed, e: exponential, g: general };
export interface Printed {
  readonly kind: keyof typeof KINDS;
  /** Below 0 for C's own: 6. */
  readonly precision: number;
  /** ' ', '+', '-', '0', '#', or ''. */
  readonly flag: string;
  readonly width: number;
}
/** A sign and digits in a field. */
export function inField(isNegative: boolean, digits: string, { flag, width }: Printed, isNumber = true): string {
  const sign = isNegative ? '-' : flag === '+' || flag === ' ' ? flag : '';
  if (flag === '0' && isNumber) return sign + digits.padStart(width - sign.length, '0');
  return flag === '-' ? (sign + digits).padEnd(width) : (sign + digits).padStart(width);
}
/** A float as C's printf writes it. */
export function printed(x: number, how: Printed): string {
  if (Number.isNaN(x)) return inField(false, 'nan', how, false);
  const isNegative = x < 0 || Object.is(x, -0);
  if (!Number.isFinite(x)) return inField(isNegative, 'inf', how, false);
  const { kind, precision, flag } = how;
  return inField(isNegative, KINDS[kind](x, precision < 0 ? 6 : precision, flag === '#'), how);
}
