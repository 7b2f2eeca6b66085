/** Training ops on large variables: new values of the state, from the old ones and the gradient, in one pass. */
import { asNumbers } from '../../base/elements';
import { float32 } from '../../base/dtype';
import { type Device, type KernelNode, type UpdateKernel, Value, attr } from '../kernel';
import { release } from '../value';
import { variableOf } from '../variable';
import { type Code, f32, v128 } from '../../base/assembler';
import { type Run, type Terms, openFormula } from './formula';
import { type Info, infoOf } from './recipe';
import type { BackendWasm, Heap } from './wasm';

const { abs, add, and, div, less, max, mul, or, select, splat, sqrt, sub, zero } = v128;
const SIGN = splat(f32.of(-0));
const TWO = splat(f32.of(2));
interface Update {
  /** Inputs that are vectors: the state, and then the gradient. The others are numbers. */
  readonly vectors: readonly number[];
  /** What the formula takes of the numbers, where not just these. */
  readonly numbers?: (inputs: readonly number[]) => readonly number[];
  /** The new state. */
  readonly results: (terms: Terms, node: KernelNode) => readonly Code[];
  /** Which numbers it serves; all where it does not say. */
  readonly serves?: (inputs: readonly number[]) => boolean;
}
/** x nearer to 0 by `by`, and not beyond. */
function shrunk(x: Code, by: Code): Code {
  return or(max(sub(abs(x), by), zero), and(x, SIGN));
}
/** FTRL-proximal (McMahan et al. 2013), with roots: the power that `serves` asks for. */
const followLeader = ({ vectors: [v, a, z, g], numbers: [lr, l1, l2, shrinkage], keep }: Terms): Code[] => {
  const a1 = keep(add(a, mul(g, g)));
  const now = keep(sqrt(a1));
  const more = add(g, mul(mul(TWO, shrinkage), v));
  const z1 = keep(add(z, sub(more, mul(div(sub(now, sqrt(a)), lr), v))));
  const moved = div(sub(or(l1, and(z1, SIGN)), z1), add(div(now, lr), mul(TWO, l2)));
  return [select(moved, zero, less(l1, abs(z1))), a1, z1];
};
/** The moving average of TensorFlow's kernels; `rest` is 1 − rate. */
function average(old: Code, now: Code, rest: Code): Code {
  return add(old, mul(sub(now, old), rest));
}

const UPDATES: Readonly<Record<string, Update>> = {
  GradientDescent: {
    vectors: [0, 2],
    results: ({ vectors: [v, g], numbers: [alpha] }) => [sub(v, mul(g, alpha))],
  },
  Momentum: {
    vectors: [0, 1, 3],
    results({ vectors: [v, accum, g], numbers: [lr, momentum], keep }, node) {
      const a = keep(add(mul(accum, momentum), g));
      return [sub(v, mul(attr(node, 'use_nesterov') ? add(g, mul(a, momentum)) : a, lr)), a];
    },
  },
  Adam: {
    vectors: [0, 1, 2, 9],
    numbers: ([power1, power2, lr, beta1, beta2, epsilon]) => [
      (lr * Math.sqrt(1 - power2)) / (1 - power1),
      beta1,
      1 - beta1,
      1 - beta2,
      epsilon,
    ],
    results({ vectors: [x, m, v, g], numbers: [alpha, beta1, rest1, rest2, epsilon], keep }, node) {
      const [m1, v1] = [keep(average(m, g, rest1)), keep(average(v, mul(g, g), rest2))];
      const direction = attr(node, 'use_nesterov') ? add(mul(g, rest1), mul(m1, beta1)) : m1;
      return [sub(x, div(mul(direction, alpha), add(sqrt(v1), epsilon))), m1, v1];
    },
  },
  Adagrad: {
    vectors: [0, 1, 3],
    results({ vectors: [v, accum, g], numbers: [lr], keep }, node) {
      const a = keep(attr(node, 'update_slots') ? add(accum, mul(g, g)) : accum);
      return [sub(v, div(mul(g, lr), sqrt(a))), a];
    },
  },
  RMSProp: {
    vectors: [0, 1, 2, 7],
    numbers: ([lr, rho, momentum, epsilon]) => [lr, 1 - rho, momentum, epsilon],
    results({ vectors: [v, ms, mom, g], numbers: [lr, rest, momentum, epsilon], keep }) {
      const ms1 = keep(average(ms, mul(g, g), rest));
      const mom1 = keep(add(mul(mom, momentum), div(mul(g, lr), sqrt(add(ms1, epsilon)))));
      return [sub(v, mom1), ms1, mom1];
    },
  },
  CenteredRMSProp: {
    vectors: [0, 1, 2, 3, 8],
    numbers: ([lr, rho, momentum, epsilon]) => [lr, 1 - rho, momentum, epsilon],
    results({ vectors: [v, mg, ms, mom, g], numbers: [lr, rest, momentum, epsilon], keep }) {
      const [ms1, mg1] = [keep(average(ms, mul(g, g), rest)), keep(average(mg, g, rest))];
      const spread = sqrt(add(sub(ms1, mul(mg1, mg1)), epsilon));
      const mom1 = keep(add(mul(mom, momentum), div(mul(g, lr), spread)));
      return [sub(v, mom1), mg1, ms1, mom1];
    },
  },
  Adadelta: {
    vectors: [0, 1, 2, 6],
    numbers: ([lr, rho, epsilon]) => [lr, rho, 1 - rho, epsilon],
    results({ vectors: [v, a, u, g], numbers: [lr, rho, rest, epsilon], keep }) {
      const a1 = keep(add(mul(a, rho), mul(mul(g, g), rest)));
      const step = keep(mul(div(sqrt(add(u, epsilon)), sqrt(add(a1, epsilon))), g));
      return [sub(v, mul(step, lr)), a1, add(mul(u, rho), mul(mul(step, step), rest))];
    },
  },
  Ftrl: {
    vectors: [0, 1, 2, 3],
    serves: ([, , , power]) => power === -0.5,
    numbers: ([lr, l1, l2]) => [lr, l1, l2, 0],
    results: followLeader,
  },
  FtrlV2: {
    vectors: [0, 1, 2, 3],
    serves: ([, , , , power]) => power === -0.5,
    numbers: ([lr, l1, l2, shrinkage]) => [lr, l1, l2, shrinkage],
    results: followLeader,
  },
  ProximalGradientDescent: {
    vectors: [0, 4],
    numbers: ([alpha, l1, l2]) => [alpha, alpha * l1, 1 + l2 * alpha],
    results: ({ vectors: [v, g], numbers: [alpha, by, over], keep }) => [
      div(shrunk(keep(sub(v, mul(g, alpha))), by), over),
    ],
  },
  ProximalAdagrad: {
    vectors: [0, 1, 5],
    numbers: (numbers) => [...numbers, 1],
    results({ vectors: [v, a, g], numbers: [lr, l1, l2, one], keep }) {
      const a1 = keep(add(a, mul(g, g)));
      const rate = keep(div(lr, sqrt(a1)));
      return [div(shrunk(keep(sub(v, mul(rate, g))), mul(rate, l1)), add(one, mul(l2, rate))), a1];
    },
  },
};
/** What a call costs, in nanoseconds. */
const OVERHEAD = 2000;

/** `Device.updateFor` on a backend. A formula is compiled when it is first run. */
export function updater(device: Device, backend: BackendWasm, heap: Heap): NonNullable<Device['updateFor']> {
  const compiled = new Map<string, Run>();
  const address = (info: Info): number => backend.getMemoryOffset(info.dataId);
  return (node, states) => {
    const name = node.type.replace(/^(Resource)?Apply/, '');
    const update = UPDATES[name];
    if (!update || node.attrs['T'] !== float32) return null;
    const { vectors, numbers = (all) => all, results, serves } = update;
    const numbersOf = (inputs: readonly Value[]): number[] =>
      inputs.flatMap((value, i) => (vectors.includes(i) ? [] : [asNumbers(value.read())[0]]));
    const runner = (scalars: number): Run => {
      const key = `${name} ${node.attrs['use_nesterov']} ${node.attrs['update_slots']}`;
      let run = compiled.get(key);
      if (!run)
        compiled.set(
          key,
          (run = openFormula(heap, {
            takes: vectors.length,
            numbers: scalars,
            gives: states,
            results: (terms) => results(terms, node),
          })),
        );
      return run;
    };
    const kernel: UpdateKernel = {
      overhead: OVERHEAD,
      ...(serves ? { serves: (inputs) => serves(numbersOf(inputs)) } : {}),
      run(inputs) {
        const variables = inputs.slice(0, states).map(variableOf);
        const old = variables.map((v) => v.read()!);
        try {
          const operands = vectors.map((i) => {
            const value = i < states ? old[i] : inputs[i];
            device.upload(value);
            return address(infoOf(value));
          });
          const scalars = numbers(numbersOf(inputs));
          // Never in place: tfjs's convolutions keep what they have made of a filter.
          const made = old.map((value) => backend.makeOutput(value.shape.slice(), 'float32'));
          runner(scalars.length)(old[0].size, operands, made.map(address), scalars);
          made.forEach((info, i) => variables[i].assign(Value.at(device, float32, info.shape, info)));
        } finally {
          old.forEach(release);
        }
      },
    };
    return kernel;
  };
}
