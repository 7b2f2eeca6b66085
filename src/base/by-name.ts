/**
 * What an object that names arguments is for the compiler: a literal. A tensor, a variable or a dtype has a `name` too,
 * and would pass for the options of a call that it was given to by mistake; what has a way to become a plain value, as
 * these have, is none. Nor is a function, whose `name` it has of its own.
 */
export interface ByName {
  readonly [Symbol.toPrimitive]?: never;
  readonly [Symbol.hasInstance]?: never;
}
