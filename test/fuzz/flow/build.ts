/** Builds programs with branches and loops in the default graph, as branching.py does in Python. */
import * as tf from '../../../src';
import { type Body, type FlowProgram, type Kind, type Loop, type Step, bodiesOf, hasEffects, madeBy } from './steps';

type Value = tf.Tensor | tf.TensorArray;
type Env = Map<number, Value>;
const LEFT = (x: tf.Tensor): tf.Tensor => tf.clipByValue(x, tf.constant(-3), tf.constant(3));
const index = (i: tf.Tensor, n: number): tf.Tensor => tf.floormod(i, tf.constant(n, tf.int32));

/** What is done with tensors: each of them the same calls in branching.py. */
export const OPS: Readonly<Record<string, (...of: tf.Tensor[]) => tf.Tensor>> = {
  add: (x, y) => tf.add(x, y),
  sub: (x, y) => tf.subtract(x, y),
  mix: (x, y) => tf.multiply(x, tf.tanh(y)),
  max: (x, y) => tf.maximum(x, y),
  tanh: (x) => tf.tanh(x),
  sigmoid: (x) => tf.sigmoid(x),
  neg: (x) => tf.negative(x),
  bound: LEFT,
  stop: (x) => tf.stopGradient(x),
  sum: (x) => tf.reduceSum(x),
  pair: (x, y) => tf.stack([x, y]),
  pick: (v, i) => tf.gather(v, index(i, 2)),
  append: (d, x) => tf.concat([d, tf.expandDims(x, 0)], 0),
  grow: (v) => tf.concat([v, tf.tanh(v)], 0),
  count: (d) => tf.size(d),
  addInt: (i, j) => tf.add(i, j),
  mod: (i) => index(i, 3),
  next: (i) => tf.add(i, tf.constant(1, tf.int32)),
  float: (i) => tf.cast(i, tf.float32),
  less: (x, y) => tf.less(x, y),
  even: (i) => tf.equal(index(i, 2), tf.constant(0, tf.int32)),
  and: (p, q) => tf.logicalAnd(p, q),
  or: (p, q) => tf.logicalOr(p, q),
  not: (p) => tf.logicalNot(p),
};
const DTYPES: Readonly<Record<Kind, tf.DType>> = {
  f: tf.float32,
  v: tf.float32,
  d: tf.float32,
  w: tf.float32,
  i: tf.int32,
  b: tf.bool,
};

/** What a step with bodies decides by first; null where it has none. */
function firstOf(step: Step): number | null {
  if (step.do === 'cond') return step.pred;
  return step.do === 'case' ? step.preds[0] : step.do === 'while' ? step.init[0] : null;
}
export interface BuiltFlow {
  readonly fetches: readonly tf.Tensor[];
  readonly inputs: readonly tf.Tensor[];
}
export function buildFlow(program: FlowProgram): BuiltFlow {
  if (!program.functional) return new Builder(program).all();
  tf.enableControlFlowV2();
  try {
    return new Builder(program).all();
  } finally {
    tf.disableControlFlowV2();
  }
}

class Builder {
  private readonly env: Env = new Map();
  private readonly variables: tf.Variable[];
  constructor(private readonly program: FlowProgram) {
    this.variables = program.variables.map(({ kind, value, isResource }, k) =>
      tf.getVariable(`v${k}`, kind === 'f' ? [] : [2], {
        initializer: tf.constantInitializer(value),
        useResource: isResource,
      }),
    );
  }

  all(): BuiltFlow {
    const { main, gradient } = this.program;
    const inputs = this.program.inputs.map(({ kind, isOpen }, k) => {
      const shape = isOpen ? [null] : [2];
      return tf.placeholder(DTYPES[kind], kind === 'v' ? shape : [], { name: `x${k}` });
    });
    const results = this.body(main, inputs) as tf.Tensor[];
    if (!gradient) return { fetches: results, inputs };
    const ys = results.filter((y) => y.dtype.isFloating);
    const xs = [...inputs.filter((x) => x.dtype.isFloating), ...this.variables];
    const grads = tf.gradients(ys, xs).filter((g) => g !== null);
    return { fetches: [...results, ...grads.map((g) => tf.convertToTensor(g))], inputs };
  }

  private tensor(id: number): tf.Tensor {
    return this.env.get(id) as tf.Tensor;
  }
  /**
   * What a body gives, after all that it does. What acts waits for what acted before it. Within a body only the first
   * input of what has bodies itself does: Python's order of several things that a loop waits for is by chance.
   */
  private body(body: Body, given: readonly Value[]): Value[] {
    body.params.forEach((id, k) => this.env.set(id, given[k]));
    let last: readonly tf.Operation[] = [];
    for (const step of body.steps) {
      const acts = step.do === 'assign' || step.do === 'read' || bodiesOf(step).some(hasEffects);
      if (!acts) {
        this.step(step);
        continue;
      }
      const first = body === this.program.main ? null : firstOf(step);
      // What a node reads it does not wait for as well, and a branch that has no use for it would not either.
      const grouped = this.program.functional && bodiesOf(step).length && last.length;
      const before = grouped ? [tf.group(...last)] : last;
      if (first === null) last = [tf.controlDependencies(before, () => this.step(step))];
      else {
        const kept = this.tensor(first);
        if (before.length)
          this.env.set(
            first,
            tf.controlDependencies(before, () => tf.identity(kept)),
          );
        last = [this.step(step)];
        this.env.set(first, kept);
      }
      // TensorFlow lets what a function gives come before what its node waits for.
      if (this.program.functional && bodiesOf(step).length) last = [...before, ...last];
    }
    const results = body.results.map((id) => this.env.get(id)!);
    if (!last.length) return results;
    return tf.controlDependencies(last, () =>
      results.map((r) => (r instanceof tf.Tensor ? tf.identity(r) : r.identity())),
    );
  }
  /** @returns  what must have run for the step to be done */
  private step(step: Step): tf.Operation {
    if (step.do === 'assign') return this.assign(step.how, this.variables[step.variable], this.tensor(step.value));
    const made = this.made(step);
    const values = Array.isArray(made) ? (made as readonly Value[]) : [made as Value];
    madeBy(step).forEach((id, k) => this.env.set(id, values[k]));
    const [first] = values;
    return first instanceof tf.Tensor ? first.op : first.flow!.op;
  }
  private assign(how: string, v: tf.Variable, x: tf.Tensor): tf.Operation {
    const options = { readValue: false } as const;
    return how === 'add' ? v.assignAdd(x, options) : how === 'sub' ? v.assignSub(x, options) : v.assign(x, options);
  }
  private made(step: Exclude<Step, { do: 'assign' }>): unknown {
    if (step.do === 'const') return tf.constant(step.value as number, DTYPES[step.kind]);
    if (step.do === 'op') return OPS[step.op](...step.of.map((id) => this.tensor(id)));
    // A value of its own: one by reference would be what the variable is later.
    if (step.do === 'read') return tf.add(this.variables[step.variable].readValue(), tf.constant(0.5));
    if (step.do === 'cond')
      return tf.cond(
        this.tensor(step.pred),
        () => this.body(step.yes, []),
        () => this.body(step.no, []),
        { strict: true },
      );
    if (step.do === 'case') return this.chosen(step.preds, step.bodies);
    if (step.do === 'while') return this.loop(step);
    if (step.do === 'gradient') return this.gradient(this.tensor(step.y), this.tensor(step.x));
    if ('elems' in step) return this.rows(step.do, this.tensor(step.elems), step.body);
    return this.arrays(step);
  }
  private chosen(preds: readonly number[], bodies: readonly Body[]): unknown {
    const pairs = preds.map((id, k) => [this.tensor(id), () => this.body(bodies[k], [])] as const);
    return tf.case(pairs, () => this.body(bodies[preds.length], []), { strict: true });
  }
  private loop({ cond, body, init, growing, ...step }: Loop): unknown {
    const given = init.map((id) => this.env.get(id)!);
    const shapes = given.map((x, k) =>
      growing[k] || !(x instanceof tf.Tensor) ? new tf.TensorShape(growing[k] ? [null] : null) : x.shape,
    );
    return tf.whileLoop(
      (...of: Value[]) => this.body(cond, of)[0] as tf.Tensor,
      (...of: Value[]) => this.body(body, of),
      given,
      {
        shapeInvariants: growing.some(Boolean) ? shapes : null,
        maximumIterations: step.maximum,
        parallelIterations: step.parallel,
        backProp: step.backProp,
        swapMemory: step.swap,
        returnSameStructure: true,
      },
    );
  }
  private rows(word: 'map' | 'scan' | 'foldl' | 'foldr', elems: tf.Tensor, body: Body): unknown {
    if (word === 'map') return tf.mapFn((x) => this.body(body, [x])[0] as tf.Tensor, elems);
    const fn = (...of: unknown[]): tf.Tensor => this.body(body, of as tf.Tensor[])[0] as tf.Tensor;
    return tf[word](fn, elems, tf.constant(0.25));
  }
  private arrays(step: Extract<Step, { do: 'array' | 'write' | 'stack' | 'arraySize' | 'element' }>): unknown {
    if (step.do === 'array')
      return new tf.TensorArray(tf.float32, step.dynamic ? tf.constant(0, tf.int32) : this.tensor(step.size), {
        dynamicSize: step.dynamic,
        clearAfterRead: step.clear,
        elementShape: [],
      });
    if (step.do === 'element') {
      const v = this.tensor(step.of);
      const array = new tf.TensorArray(tf.float32, tf.constant(2, tf.int32), { clearAfterRead: false }).unstack(v);
      return array.read(index(this.tensor(step.index), 2));
    }
    const array = this.env.get(step.array) as tf.TensorArray;
    if (step.do === 'write') return array.write(this.tensor(step.index), this.tensor(step.value));
    return step.do === 'stack' ? array.stack() : array.size();
  }
  private gradient(y: tf.Tensor, x: tf.Tensor): tf.Tensor {
    const [g] = tf.gradients(y, [x]);
    return g === null ? tf.zerosLike(x) : tf.convertToTensor(g);
  }
}
