/**
 * Objects that say something when they are asked for a name that they do not have. What they say is
 * surface/absent.ts's business, which sets it; the names that are there cost nothing more.
 */
type Answer = (path: string, name: string, space: object) => unknown;
let answer: Answer = () => undefined;
export function answerMissesBy(by: Answer): void {
  answer = by;
}

/** Asked of any object by await, JSON, test runners and printers: these are answered as JavaScript does. */
const ASKED_OF_ALL =
  /^(then|catch|toJSON|default|constructor|prototype|asymmetricMatch|nodeType|tagName|inspect|@@.*|\$\$.*|__.*)$/;
export const isAskedOfAll = (name: string | symbol): boolean => typeof name === 'symbol' || ASKED_OF_ALL.test(name);
const OBJECTS = /\.[A-Z]\w*$/;

/** Lets misses in a namespace speak: it gets a prototype that only misses reach. */
export function guard(space: object, path: string): void {
  const get = (beneath: object, name: string | symbol, receiver: unknown): unknown => {
    const value: unknown = Reflect.get(beneath, name, receiver);
    if (value !== undefined || typeof name === 'symbol' || isAskedOfAll(name)) return value;
    // Whether something is a Map or a Set is asked so.
    if (name === 'size' && OBJECTS.test(path)) return value;
    return answer(path, name, space);
  };
  const beyond: object = Object.create(Object.prototype);
  Object.setPrototypeOf(space, new Proxy(beyond, { get }));
}
/** Lets misses on what a class makes speak. */
export function guardClass({ prototype }: { readonly prototype: object }, path: string): void {
  guard(topOf(prototype), path);
}
/** The last prototype of a chain before Object's. */
function topOf(prototype: object): object {
  const above: object | null = Object.getPrototypeOf(prototype);
  return above === null || Object.getPrototypeOf(above) === null ? prototype : topOf(above);
}
