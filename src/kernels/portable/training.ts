/** Training ops on large variables: new values of the state, from the old ones and the gradient. */
import { attr } from '../kernel';
import type { Info, Recipe, Tools } from './recipe';

/** Inputs: the state, then the op's other inputs, in TensorFlow's order. Outputs: the new state. */
export interface UpdateRecipe {
  /** Kernels that it calls: what it costs at least. */
  readonly calls: number;
  readonly recipe: Recipe;
}

type Operand = Info | number;
/** Formulas on tensors and numbers, as calls of kernels. */
function formulas({ call }: Tools): Record<'add' | 'sub' | 'mul' | 'div', (a: Operand, b: Operand) => Info> & { sqrt(x: Info): Info; square(x: Info): Info; average(old: Info, now: Info, rate: number): Info } {
  const info = (x: Operand): Info => (typeof x === 'number' ? call('Fill', {}, { shape: [], value: x, dtype: 'float32' }) : x);
  const op = (kernel: string) => (a: Operand, b: Operand): Info => call(kernel, { a: info(a), b: info(b) });
  const [add, sub, mul, div] = [op('Add'), op('Sub'), op('Multiply'), op('RealDiv')];
  return {
    add, sub, mul, div,
    sqrt: (x) => call('Sqrt', { x }),
    square: (x) => call('Square', { x }),
    /** The moving average of TensorFlow's kernels. */
    average: (old, now, rate) => add(old, mul(sub(now, old), 1 - rate)),
  };
}
/** The scalar inputs `from` … `to - 1`. */
function scalars(tools: Tools, from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => tools.numbers(from + i)[0]);
}

export const UPDATES: Readonly<Record<string, UpdateRecipe>> = {
  GradientDescent: {
    calls: 2,
    recipe: ([v, alpha, g], tools) => {
      const { sub, mul } = formulas(tools);
      return [sub(v, mul(g, alpha))];
    },
  },
  Momentum: {
    calls: 4,
    recipe: ([v, accum, lr, g, momentum], tools) => {
      const { add, sub, mul } = formulas(tools);
      const a = add(mul(accum, momentum), g);
      if (!attr<boolean>(tools.node, 'use_nesterov')) return [sub(v, mul(a, lr)), a];
      return [sub(v, mul(add(g, mul(a, momentum)), lr)), a];
    },
  },
  Adam: {
    calls: 13,
    recipe: ([x, m, v, , , , , , , g], tools) => {
      const { add, sub, mul, div, sqrt, square, average } = formulas(tools);
      const [power1, power2, lr, beta1, beta2, epsilon] = scalars(tools, 3, 9);
      const alpha = lr * Math.sqrt(1 - power2) / (1 - power1);
      const [m1, v1] = [average(m, g, beta1), average(v, square(g), beta2)];
      const direction = attr<boolean>(tools.node, 'use_nesterov') ? add(mul(g, 1 - beta1), mul(m1, beta1)) : m1;
      return [sub(x, div(mul(direction, alpha), add(sqrt(v1), epsilon))), m1, v1];
    },
  },
  Adagrad: {
    calls: 6,
    recipe: ([v, accum, lr, g], tools) => {
      const { add, sub, mul, div, sqrt, square } = formulas(tools);
      const a = attr<boolean>(tools.node, 'update_slots') ? add(accum, square(g)) : accum;
      return [sub(v, div(mul(g, lr), sqrt(a))), a];
    },
  },
  RMSProp: {
    calls: 11,
    recipe: ([v, ms, mom, , , , , g], tools) => {
      const { add, sub, mul, div, sqrt, square, average } = formulas(tools);
      const [lr, rho, momentum, epsilon] = scalars(tools, 3, 7);
      const ms1 = average(ms, square(g), rho);
      const mom1 = add(mul(mom, momentum), div(mul(g, lr), sqrt(add(ms1, epsilon))));
      return [sub(v, mom1), ms1, mom1];
    },
  },
};
