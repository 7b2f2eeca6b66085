/** The words that forms are written in: operands, and an op's operands and attributes. */
import type { AttrValue } from '../../src/graph/opdef';
import type { Pool } from './operands';

/** An operand: numbers drawn from a pool and fed, or given ones, which become a constant. */
export type Operand =
  | { readonly pool: Pool; readonly shape: readonly number[] }
  | { readonly values: readonly number[]; readonly shape: readonly number[]; readonly fed?: boolean };
export interface Form {
  readonly inputs: readonly (Operand | readonly Operand[])[];
  readonly attrs?: Readonly<Record<string, AttrValue>>;
  /** How many outputs are looked at, where not all are. */
  readonly outputs?: number;
  /** Of floats alone: there is NaN among the given numbers. */
  readonly floats?: boolean;
}
export type Forms = (n: number) => readonly Form[];

export const any = (...shape: number[]): Operand => ({ pool: 'any', shape });
export const sums = (...shape: number[]): Operand => ({ pool: 'sums', shape });
export const plain = (...shape: number[]): Operand => ({ pool: 'plain', shape });
export const divisor = (...shape: number[]): Operand => ({ pool: 'divisor', shape });
export const positive = (...shape: number[]): Operand => ({ pool: 'positive', shape });
export const ints = (...values: number[]): Operand => ({ values, shape: [values.length] });
export const fed = (...values: number[]): Operand => ({ values, shape: [values.length], fed: true });
export const int = (value: number): Operand => ({ values: [value], shape: [] });
export const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
/** Indices below a limit, some of them repeated, fed. */
export const below = (limit: number, ...shape: number[]): Operand => ({
  values: Array.from({ length: size(shape) }, (_, i) => (i * 7 + (i >> 2)) % limit),
  shape,
  fed: true,
});
export const ascending = (limit: number, count: number): Operand => ({
  values: Array.from({ length: count }, (_, i) => Math.floor((i * limit) / count)),
  shape: [count],
  fed: true,
});
export const form = (inputs: Form['inputs'], attrs: Form['attrs'] = {}): Form => ({ inputs, attrs });
/** How many places a window of `k` takes along a dimension. */
export const outOf = (length: number, k: number, stride: number, padding: string): number =>
  Math.ceil((padding === 'SAME' ? length : length - k + 1) / stride);
