/** How a portable kernel is written: an op as calls of tfjs-core's kernels, with what is between freed. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type ConstantInput, KernelError, type KernelNode, type Value } from '../kernel';
import type { Formula } from './formula';
import { type Lower, applied } from './lower';

export type Info = TensorInfo;
/** The device's name for its copy of a value. */
export function infoOf({ handle }: Value): Info {
  if (!isInfo(handle)) throw new KernelError('Internal', 'a value is not on the device');
  return handle;
}
function isInfo(handle: unknown): handle is Info {
  return typeof handle === 'object' && handle !== null && 'dataId' in handle;
}
/** Calls one of tfjs's kernels by name. What it returns is freed after the recipe, unless the recipe returns it. */
export type Call = (
  kernel: string,
  inputs: Readonly<Record<string, Info>> | readonly Info[],
  attrs?: Readonly<Record<string, unknown>>,
) => Info;

/** How the operands of a product lie, and what is done to it at once. */
export interface ProductOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** n numbers, added to every row. */
  readonly bias?: Info;
  /** What is below or above becomes these. */
  readonly floor?: number;
  readonly ceiling?: number;
}
/** What is below or above becomes these. */
export type Bounds = Pick<ProductOptions, 'floor' | 'ceiling'>;
/** Matrices in the last two dimensions; the dimensions before them are broadcast. */
export type Multiply = (a: Info, b: Info, options?: ProductOptions) => Info;

export interface Tools {
  readonly node: KernelNode;
  readonly call: Call;
  /** The same data under another shape. Costs nothing. */
  reshape(x: Info, shape: readonly number[]): Info;
  /** A formula of our own on tensors of one shape. */
  formula(formula: Formula, inputs: readonly Info[]): Info;
  /** Leaves the node to the host where one of these holds NaN or an infinity, which tfjs's kernel gets wrong. */
  refuseNonFinite(...inputs: readonly Info[]): void;
  /** Leaves it to the host where one holds a number below the least normal one: that counts as 0 there. */
  refuseSubnormal(...inputs: readonly Info[]): void;
  /** A product of matrices, by our own kernel. */
  readonly multiply: Multiply;
  /** The elements of a small integer input, which the host has. */
  numbers(index: number): number[];
}
/** Device tensors in, device tensors out. */
export type Recipe = (inputs: readonly Info[], tools: Tools) => Info | readonly Info[];
/** A recipe, with what a plan should know of it. */
export interface RecipeRow {
  /** Calls of our own kernels alone: what the op is where a part runs as one, and in each step where it serves. */
  readonly lower?: Lower;
  /** Where that does not. */
  readonly recipe?: Recipe;
  /** Kernels that it calls: what it costs at least. Default 1. */
  readonly calls?: number;
  /** Whether it serves a node with these constant inputs. Without one it serves all. */
  readonly serves?: (node: KernelNode, constant: ConstantInput) => boolean;
  /** Inputs that may have no elements; where others have none, the node is the host's. */
  readonly mayBeEmpty?: readonly number[];
  /** Inputs of 32-bit integers that are read where they lie, in each run, and not known before. */
  readonly integers?: readonly number[];
}
/** Recipes serve float32 (and bool and int32 operands that tfjs takes as they are). */
export type Recipes = Readonly<Record<string, Recipe | RecipeRow>>;

/** `kernel(a, b)` */
export function binary(kernel: string): Recipe {
  return ([a, b], { call }) => call(kernel, { a, b });
}
/** `kernel(x)` */
export function unary(kernel: string, input = 'x'): Recipe {
  return ([x], { call }) => call(kernel, { [input]: x });
}
/** A formula of tensors that broadcast, in one pass of our own. */
export function inOne(takes: number, results: Formula['results']): RecipeRow & { readonly lower: Lower } {
  const made: Formula = { takes, numbers: 0, gives: 1, results };
  const lower: Lower = (inputs, { draft }) => {
    const out = applied(made, inputs, draft);
    return out && [out];
  };
  return { lower };
}
/** A formula of one or two tensors of the same shape, in one pass of our own, as a part of a recipe. */
export function formula(takes: number, results: Formula['results']): (inputs: readonly Info[], tools: Tools) => Info {
  const made: Formula = { takes, numbers: 0, gives: 1, results };
  return (inputs, tools) => tools.formula(made, inputs);
}
