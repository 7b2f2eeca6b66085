/** Arguments of which nothing can be read: proxies whose target was taken away, arrays whose memory is gone. */
import { TypeError_ } from './errors';
import { isRevoked } from './preview';
import { beganInside } from './stack';

function refusal(what: string): TypeError_ {
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

const PART = 'A part of what was given';
/** What the engine says of what cannot be read, and what is said in its stead. */
const UNREADABLE: readonly (readonly [words: RegExp, ours: () => TypeError_])[] = [
  [/proxy that has been revoked/, () => refusal(PART)],
  [
    /detached ArrayBuffer/,
    () =>
      new TypeError_(
        `${PART} has no memory any more: its buffer was transferred to a worker, or made shorter.` +
          '\n  fix: give a copy, made before that: data.slice().',
      ),
  ],
  [
    /incompatible receiver|is not a typed array/,
    () =>
      new TypeError_(
        `${PART} has the methods of a list or map, and no elements.` +
          '\n  likely cause: it was made by Object.create of a prototype; only a constructor makes one.',
      ),
  ],
];
/** What was thrown; in place of the engine's own words for a part that cannot be read, ours. */
export function readable(thrown: unknown): unknown {
  if (!(thrown instanceof TypeError) || thrown instanceof TypeError_) return thrown;
  const known = UNREADABLE.find(([words]) => words.test(thrown.message));
  return known ? Object.assign(known[1](), { cause: thrown }) : thrown;
}
/** Whether it is an error of the engine that the package's own code ran into: it was given what it does not take. */
export function isEngines(thrown: unknown): thrown is Error {
  if (!(thrown instanceof Error) || thrown instanceof TypeError_) return false;
  // What calls itself without end is more often a program's function.
  return /^(TypeError|RangeError|SyntaxError)$/.test(thrown.name) && !isTooDeep(thrown) && beganInside(thrown);
}
const isTooDeep = ({ message }: Error): boolean => message.includes('Maximum call stack');
