/** What defining a flag gives, as the compiler knows it: one with a value of its own holds no null. */

/** One flag: absl's FlagHolder, typed by what it was defined as. */
export interface FlagHolder<T> {
  /** What it is called. */
  readonly name: string;
  /** What it holds: what the command line says, else what it was defined with. */
  readonly value: T;
}
/** A definition: with no value of its own, a flag may hold null. */
export type DefineCall<T> = (
  name: string,
  preset: T,
  help: string,
  options?: { readonly required?: boolean | null },
) => FlagHolder<T>;
/** The same of a number, which may have bounds. */
export interface DefineNumberCall {
  (
    name: string,
    preset: number,
    help: string,
    options?: {
      readonly lowerBound?: number | null;
      readonly upperBound?: number | null;
      readonly required?: boolean | null;
    },
  ): FlagHolder<number>;
  (
    name: string,
    preset: number,
    help: string,
    lowerBound: number | null,
    options?: { readonly upperBound?: number | null; readonly required?: boolean | null },
  ): FlagHolder<number>;
  (
    name: string,
    preset: number,
    help: string,
    lowerBound: number | null,
    upperBound: number | null,
    required?: boolean | { readonly required?: boolean | null } | null,
  ): FlagHolder<number>;
}
