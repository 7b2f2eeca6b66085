/** Arguments of which nothing can be read: proxies whose target was taken away. */
import { TypeError_ } from '../base/errors';
import { isRevoked } from '../base/preview';

function refusal(what: string): Error {
  return new TypeError_(`${what} is a revoked Proxy, of which nothing can be read.\n  fix: give what it stood for.`);
}
/** @throws TypeError  where an argument is such a proxy */
export function checkReadable(given: ArrayLike<unknown>, name: string): void {
  for (let i = 0; i < given.length; i++) {
    const value = given[i];
    if ((typeof value === 'object' || typeof value === 'function') && isRevoked(value))
      throw refusal(`argument ${i + 1} of ${name}()`);
  }
}
/** The same of one that came by name. */
export function checkNamed(value: unknown, name: string): void {
  if (isRevoked(value)) throw refusal(`argument '${name}'`);
}
/** What was thrown; in place of the engine's own words for a proxy within lists and objects, ours. */
export function readable(thrown: unknown): unknown {
  return thrown instanceof TypeError && /proxy that has been revoked/.test(thrown.message)
    ? refusal('a part of what was given')
    : thrown;
}
