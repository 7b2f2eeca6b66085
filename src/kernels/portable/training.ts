/** Training ops on large variables: new values of the state, from the old ones and the gradient, in one pass. */
import { asNumbers } from '../../base/elements';
import { float32 } from '../../base/dtype';
import { type Device, type KernelNode, type UpdateKernel, Value, attr } from '../kernel';
import { release } from '../value';
import { variableOf } from '../variable';
import { type Code, v128 } from '../../base/assembler';
import { type Run, type Terms, openFormula } from './formula';
import { type Info, infoOf } from './recipe';
import type { BackendWasm, Heap } from './wasm';

const { add, sub, mul, div, sqrt } = v128;
interface Update {
  /** Inputs that are vectors: the state, and then the gradient. The others are numbers. */
  readonly vectors: readonly number[];
  /** What the formula takes of the numbers, where not just these. */
  readonly numbers?: (inputs: readonly number[]) => readonly number[];
  /** The new state. */
  readonly results: (terms: Terms, node: KernelNode) => readonly Code[];
}
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
    const { vectors, numbers = (all) => all, results } = update;
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
      run(inputs) {
        const variables = inputs.slice(0, states).map(variableOf);
        const old = variables.map((v) => v.read()!);
        try {
          const operands = vectors.map((i) => {
            const value = i < states ? old[i] : inputs[i];
            device.upload(value);
            return address(infoOf(value));
          });
          const scalars = numbers(
            inputs.flatMap((value, i) => (vectors.includes(i) ? [] : [asNumbers(value.read())[0]])),
          );
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
