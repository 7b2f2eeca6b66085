/** How each optimizer changes a run of elements; `training.ts` makes the kernels of its ops from it. */
import { type KernelNode, attr } from '../kernel';

export type Floats = Float32Array | Float64Array;
/** `count` elements of the state from `at` on, by those of the gradient from `from` on. */
type Update = (
  state: readonly Floats[],
  scalars: readonly number[],
  grad: Floats,
  at: number,
  from: number,
  count: number,
  node: KernelNode,
) => void;
export interface Rule {
  readonly state: readonly string[];
  /** The inputs after the state, but for `indices`. */
  readonly inputs: readonly string[];
  readonly update: Update;
  /** Nanoseconds per element on the host. */
  readonly cost: number;
}

// Each rule is the functor of that name in TensorFlow's training_ops.cc.
export const RULES: Readonly<Record<string, Rule>> = {
  GradientDescent: {
    state: ['var'],
    inputs: ['alpha', 'delta'],
    cost: 0.8,
    update([v], [alpha], g, at, from, count) {
      // Rounded twice, as the product and the difference are that a device makes of it.
      if (v instanceof Float32Array) for (let i = 0; i < count; i++) v[at + i] -= Math.fround(alpha * g[from + i]);
      else for (let i = 0; i < count; i++) v[at + i] -= alpha * g[from + i];
    },
  },
  Momentum: {
    state: ['var', 'accum'],
    inputs: ['lr', 'grad', 'momentum'],
    cost: 1.2,
    update([v, a], [lr, momentum], g, at, from, count, node) {
      if (attr(node, 'use_nesterov')) {
        for (let i = 0, k = at; i < count; i++, k++) {
          a[k] = a[k] * momentum + g[from + i];
          v[k] -= g[from + i] * lr + a[k] * momentum * lr;
        }
      } else
        for (let i = 0, k = at; i < count; i++, k++) {
          a[k] = a[k] * momentum + g[from + i];
          v[k] -= lr * a[k];
        }
    },
  },
  Adam: {
    state: ['var', 'm', 'v'],
    inputs: ['beta1_power', 'beta2_power', 'lr', 'beta1', 'beta2', 'epsilon', 'grad'],
    cost: 4,
    update([x, m, v], [power1, power2, lr, beta1, beta2, epsilon], g, at, from, count, node) {
      const alpha = (lr * Math.sqrt(1 - power2)) / (1 - power1);
      const [rest1, rest2] = [1 - beta1, 1 - beta2];
      const nesterov = attr(node, 'use_nesterov');
      for (let i = 0, k = at; i < count; i++, k++) {
        const d = g[from + i];
        m[k] += (d - m[k]) * rest1;
        v[k] += (d * d - v[k]) * rest2;
        x[k] -= ((nesterov ? d * rest1 + beta1 * m[k] : m[k]) * alpha) / (Math.sqrt(v[k]) + epsilon);
      }
    },
  },
  AdamWithAmsgrad: {
    state: ['var', 'm', 'v', 'vhat'],
    inputs: ['beta1_power', 'beta2_power', 'lr', 'beta1', 'beta2', 'epsilon', 'grad'],
    cost: 5,
    update([x, m, v, greatest], [power1, power2, lr, beta1, beta2, epsilon], g, at, from, count) {
      const alpha = (lr * Math.sqrt(1 - power2)) / (1 - power1);
      for (let i = 0, k = at; i < count; i++, k++) {
        const d = g[from + i];
        m[k] += (d - m[k]) * (1 - beta1);
        v[k] += (d * d - v[k]) * (1 - beta2);
        greatest[k] = Math.max(v[k], greatest[k]);
        x[k] -= (m[k] * alpha) / (Math.sqrt(greatest[k]) + epsilon);
      }
    },
  },
  /** Keras's: the rate is in the sum. */
  KerasMomentum: {
    state: ['var', 'accum'],
    inputs: ['lr', 'grad', 'momentum'],
    cost: 1.2,
    update([v, a], [lr, momentum], g, at, from, count, node) {
      const nesterov = attr(node, 'use_nesterov');
      for (let i = 0, k = at; i < count; i++, k++) {
        const step = g[from + i] * lr;
        a[k] = a[k] * momentum - step;
        v[k] += nesterov ? a[k] * momentum - step : a[k];
      }
    },
  },
  AdaMax: {
    state: ['var', 'm', 'v'],
    inputs: ['beta1_power', 'lr', 'beta1', 'beta2', 'epsilon', 'grad'],
    cost: 4,
    update([x, m, v], [power, lr, beta1, beta2, epsilon], g, at, from, count) {
      const rate = lr / (1 - power);
      for (let i = 0, k = at; i < count; i++, k++) {
        m[k] += (g[from + i] - m[k]) * (1 - beta1);
        v[k] = Math.max(beta2 * v[k], Math.abs(g[from + i]));
        x[k] -= rate * (m[k] / (v[k] + epsilon));
      }
    },
  },
  AddSign: {
    state: ['var', 'm'],
    inputs: ['lr', 'alpha', 'sign_decay', 'beta', 'grad'],
    cost: 3,
    update([v, m], [lr, alpha, decay, beta], g, at, from, count) {
      for (let i = 0, k = at; i < count; i++, k++) {
        m[k] = m[k] * beta + g[from + i] * (1 - beta);
        v[k] -= lr * (alpha + decay * Math.sign(g[from + i]) * Math.sign(m[k])) * g[from + i];
      }
    },
  },
  PowerSign: {
    state: ['var', 'm'],
    inputs: ['lr', 'logbase', 'sign_decay', 'beta', 'grad'],
    cost: 12,
    update([v, m], [lr, logbase, decay, beta], g, at, from, count) {
      for (let i = 0, k = at; i < count; i++, k++) {
        m[k] = m[k] * beta + g[from + i] * (1 - beta);
        v[k] -= lr * Math.exp(logbase * decay * Math.sign(g[from + i]) * Math.sign(m[k])) * g[from + i];
      }
    },
  },
  Adagrad: {
    state: ['var', 'accum'],
    inputs: ['lr', 'grad'],
    cost: 2.5,
    update([v, a], [lr], g, at, from, count, node) {
      const slots = attr(node, 'update_slots');
      for (let i = 0, k = at; i < count; i++, k++) {
        if (slots) a[k] += g[from + i] * g[from + i];
        v[k] -= (g[from + i] * lr) / Math.sqrt(a[k]);
      }
    },
  },
  AdagradV2: {
    state: ['var', 'accum'],
    inputs: ['lr', 'epsilon', 'grad'],
    cost: 2.5,
    update([v, a], [lr, epsilon], g, at, from, count, node) {
      const slots = attr(node, 'update_slots');
      for (let i = 0, k = at; i < count; i++, k++) {
        if (slots) a[k] += g[from + i] * g[from + i];
        v[k] -= (g[from + i] * lr) / (Math.sqrt(a[k]) + epsilon);
      }
    },
  },
  RMSProp: {
    state: ['var', 'ms', 'mom'],
    inputs: ['lr', 'rho', 'momentum', 'epsilon', 'grad'],
    cost: 4,
    update([v, ms, mom], [lr, rho, momentum, epsilon], g, at, from, count) {
      for (let i = 0, k = at; i < count; i++, k++) {
        ms[k] += (g[from + i] * g[from + i] - ms[k]) * (1 - rho);
        mom[k] = mom[k] * momentum + (g[from + i] * lr) / Math.sqrt(ms[k] + epsilon);
        v[k] -= mom[k];
      }
    },
  },
  CenteredRMSProp: {
    state: ['var', 'mg', 'ms', 'mom'],
    inputs: ['lr', 'rho', 'momentum', 'epsilon', 'grad'],
    cost: 5,
    update([v, mg, ms, mom], [lr, rho, momentum, epsilon], g, at, from, count) {
      for (let i = 0, k = at; i < count; i++, k++) {
        ms[k] += (g[from + i] * g[from + i] - ms[k]) * (1 - rho);
        mg[k] += (g[from + i] - mg[k]) * (1 - rho);
        mom[k] = mom[k] * momentum + (g[from + i] * lr) / Math.sqrt(ms[k] - mg[k] * mg[k] + epsilon);
        v[k] -= mom[k];
      }
    },
  },
  Adadelta: {
    state: ['var', 'accum', 'accum_update'],
    inputs: ['lr', 'rho', 'epsilon', 'grad'],
    cost: 5,
    update([v, a, u], [lr, rho, epsilon], g, at, from, count) {
      for (let i = 0, k = at; i < count; i++, k++) {
        a[k] = a[k] * rho + g[from + i] * g[from + i] * (1 - rho);
        const step = (Math.sqrt(u[k] + epsilon) / Math.sqrt(a[k] + epsilon)) * g[from + i];
        v[k] -= step * lr;
        u[k] = u[k] * rho + step * step * (1 - rho);
      }
    },
  },
  AdagradDA: {
    state: ['var', 'gradient_accumulator', 'gradient_squared_accumulator'],
    inputs: ['grad', 'lr', 'l1', 'l2', 'global_step'],
    cost: 4,
    update([v, a, s], [lr, l1, l2, step], g, at, from, count) {
      for (let i = 0, k = at; i < count; i++, k++) {
        a[k] += g[from + i];
        s[k] += g[from + i] * g[from + i];
        const kept = l1 > 0 ? shrunk(a[k], step * l1) : a[k];
        v[k] = (-lr * kept) / (l2 * step * lr + Math.sqrt(s[k]));
      }
    },
  },
  Ftrl: {
    state: ['var', 'accum', 'linear'],
    inputs: ['grad', 'lr', 'l1', 'l2', 'lr_power'],
    cost: 8,
    update(state, [lr, l1, l2, power], g, at, from, count) {
      followLeader(state, [lr, l1, l2, 0, power], g, at, from, count);
    },
  },
  FtrlV2: {
    state: ['var', 'accum', 'linear'],
    inputs: ['grad', 'lr', 'l1', 'l2', 'l2_shrinkage', 'lr_power'],
    cost: 8,
    update: followLeader,
  },
  ProximalGradientDescent: {
    state: ['var'],
    inputs: ['alpha', 'l1', 'l2', 'delta'],
    cost: 3,
    update([v], [alpha, l1, l2], g, at, from, count) {
      for (let i = 0, k = at; i < count; i++, k++) {
        const moved = v[k] - alpha * g[from + i];
        v[k] = (l1 > 0 ? shrunk(moved, alpha * l1) : moved) / (1 + l2 * alpha);
      }
    },
  },
  ProximalAdagrad: {
    state: ['var', 'accum'],
    inputs: ['lr', 'l1', 'l2', 'grad'],
    cost: 4,
    update([v, a], [lr, l1, l2], g, at, from, count) {
      for (let i = 0, k = at; i < count; i++, k++) {
        a[k] += g[from + i] * g[from + i];
        const rate = lr / Math.sqrt(a[k]);
        const moved = v[k] - rate * g[from + i];
        v[k] = (l1 > 0 ? shrunk(moved, rate * l1) : moved) / (1 + l2 * rate);
      }
    },
  },
};
/** A number nearer to 0 by `by`, and not beyond. */
function shrunk(x: number, by: number): number {
  return Math.sign(x) * Math.max(Math.abs(x) - by, 0);
}
/** FTRL-proximal (McMahan et al. 2013). */
function followLeader(
  [v, a, z]: readonly Floats[],
  [lr, l1, l2, shrinkage, power]: readonly number[],
  g: Floats,
  at: number,
  from: number,
  count: number,
): void {
  const raised = power === -0.5 ? Math.sqrt : (x: number): number => x ** -power;
  for (let i = 0, k = at; i < count; i++, k++) {
    const grad = g[from + i];
    const before = a[k];
    a[k] += grad * grad;
    const [now, then] = [raised(a[k]), raised(before)];
    z[k] += grad + 2 * shrinkage * v[k] - ((now - then) / lr) * v[k];
    v[k] = Math.abs(z[k]) > l1 ? (Math.sign(z[k]) * l1 - z[k]) / (now / lr + 2 * l2) : 0;
  }
}
