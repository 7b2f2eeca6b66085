/**
 * `tf.compat`: text and bytes, which Python has as two kinds of string.
 *
 * @module
 */
import { fileURLToPath } from 'node:url';
import { checkHoles } from '../base/border';
import { bytesToText, textToBytes } from '../base/bytes';
import { TypeError_, ValueError } from '../base/errors';
import { bound } from '../calls/bind';
import { repr } from '../flow/structure';

export { dimensionAtIndex, dimensionValue } from '../control/dimensions';

const noText = (value: unknown): TypeError_ => new TypeError_(`Expected binary or unicode string, got ${repr(value)}`);
/** Text is in UTF-8 here, whatever of its names is given. */
function checkEncoding(encoding: string): void {
  if (!/^utf[-_]?8$/i.test(encoding)) throw new ValueError(`unknown encoding: ${encoding}; text is UTF-8 here`);
}
/**
 * Text as bytes.
 *
 *     tf.compat.asBytes('é')   // Uint8Array.of(0xc3, 0xa9)
 *
 * @param bytesOrText  text, or bytes, which stay what they are
 * @param encoding     'utf-8', which it is where not given
 * @returns  bytes
 * @throws TypeError  for anything else
 * @throws ValueError  for another encoding
 */
export const asBytes = bound('compat.as_bytes', (bytesOrText: string | Uint8Array, encoding: string = 'utf-8') => {
  checkEncoding(encoding);
  if (typeof bytesOrText === 'string') return textToBytes(bytesOrText);
  if (bytesOrText instanceof Uint8Array) return bytesOrText;
  throw noText(bytesOrText);
});
/**
 * Bytes as text.
 *
 *     tf.compat.asText(Uint8Array.of(0xc3, 0xa9))   // 'é'
 *
 * @param bytesOrText  bytes, or text, which stays what it is
 * @param encoding     'utf-8', which it is where not given
 * @returns  text; a byte that is no UTF-8 is a lone surrogate in it, as in all strings of this library
 * @throws TypeError  for anything else
 * @throws ValueError  for another encoding
 */
export const asText = bound('compat.as_text', (bytesOrText: string | Uint8Array, encoding: string = 'utf-8') => {
  checkEncoding(encoding);
  if (typeof bytesOrText === 'string') return bytesOrText;
  if (bytesOrText instanceof Uint8Array) return bytesToText(bytesOrText);
  throw noText(bytesOrText);
});
/**
 * `asText`, as in Python 3.
 *
 *     tf.compat.asStr('a')   // 'a'
 *
 * @throws TypeError  for what is neither bytes nor text
 */
export const asStr = asText;
/**
 * Anything as text.
 *
 *     tf.compat.asStrAny([1, 'a'])   // "[1, 'a']"
 *
 * @param value  any value; bytes are read as UTF-8
 * @returns  text, as Python's `str` writes it
 */
export const asStrAny = bound('compat.as_str_any', (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return bytesToText(value);
  checkHoles(value);
  return repr(value);
});
/**
 * A path as text: a `file:` URL's, as Python takes one of pathlib's.
 *
 *     tf.compat.pathToStr(new URL('file:///tmp/a'))   // '/tmp/a'
 *
 * @param path  a path, or such a URL
 * @returns  text; anything else is given back
 */
export const pathToStr = bound('compat.path_to_str', (path: unknown): unknown =>
  path instanceof URL && path.protocol === 'file:' ? fileURLToPath(path) : path,
);
