/**
 * Training: the nodes that optimizers make, the values that they lead to, and what they say when something is wrong.
 */
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as tf from '../../src';
import { type Mode, devices, expectClose, fromJson, open, sameGraph } from '../sweep';
import { model } from './model';

type Json = Parameters<typeof fromJson>[0];
const same = (title: string, build: () => unknown) => sameGraph('training', title, build);

describe('gradient descent', () => {
  const descent = () => new tf.train.GradientDescentOptimizer(0.5);
  same('gradient descent', () => descent().minimize(model()));
  same('gradient descent of resources', () => descent().minimize(model({ resource: true })));
  same('gradient descent on rows', () => descent().minimize(model({ rows: true })));
  same('gradient descent on rows of a resource', () => descent().minimize(model({ rows: true, resource: true })));
  same('a tensor as rate', () => {
    const rate = () => tf.placeholder(tf.float32, [], { name: 'rate' });
    const r = rate();
    new tf.train.GradientDescentOptimizer(r).minimize(model());
  });
  same('counted', () => {
    const globalStep = tf.train.getOrCreateGlobalStep();
    descent().minimize(model(), { globalStep });
  });
  same('counted by a resource', () => {
    const globalStep = tf.getVariable('step', {
      initializer: tf.constant(0, tf.int64),
      trainable: false,
      useResource: true,
    });
    descent().minimize(model(), { globalStep, name: 'train' });
  });
  same('gated as a whole', () => descent().minimize(model(), { gateGradients: tf.train.Optimizer.GATE_GRAPH }));
  same('not gated', () => descent().minimize(model(), { gateGradients: tf.train.Optimizer.GATE_NONE }));
  same('clipped', () => {
    const optimizer = descent();
    const pairs = optimizer.computeGradients(model());
    optimizer.applyGradients(pairs.map(([g, v]) => [g!.mul(0.5), v]));
  });
});

describe('optimizers with slots', () => {
  const adam = () => new tf.train.AdamOptimizer(0.1);
  same('momentum', () => new tf.train.MomentumOptimizer(0.1, 0.9, { useNesterov: true }).minimize(model()));
  same('momentum of resources', () => new tf.train.MomentumOptimizer(0.1, 0.9).minimize(model({ resource: true })));
  same('momentum on rows', () => new tf.train.MomentumOptimizer(0.1, 0.9).minimize(model({ rows: true })));
  same('adam', () => adam().minimize(model()));
  same('adam of resources', () => adam().minimize(model({ resource: true })));
  for (const [title, resource] of Object.entries({ 'on rows': false, 'on rows of a resource': true })) {
    same(`adam ${title}`, () => adam().minimize(model({ rows: true, resource })));
    same(`lazy adam ${title}`, () =>
      new tf.contrib.opt.LazyAdamOptimizer(0.1).minimize(model({ rows: true, resource })),
    );
  }
  same('adagrad', () => new tf.train.AdagradOptimizer(0.1).minimize(model()));
  same('adagrad on rows', () => new tf.train.AdagradOptimizer(0.1).minimize(model({ rows: true })));
  same('rmsprop', () => new tf.train.RMSPropOptimizer(0.1).minimize(model()));
  same('rmsprop centered on rows', () =>
    new tf.train.RMSPropOptimizer(0.1, { centered: true }).minimize(model({ rows: true })),
  );
  same('adadelta', () => new tf.train.AdadeltaOptimizer(0.1).minimize(model()));
  const { FtrlOptimizer, ProximalGradientDescentOptimizer, ProximalAdagradOptimizer, AdagradDAOptimizer } = tf.train;
  same('ftrl', () => new FtrlOptimizer(0.1, { l1RegularizationStrength: 0.01 }).minimize(model()));
  same('ftrl on rows', () =>
    new FtrlOptimizer(0.1, -0.25, 0.5, 0.01, 0.02, { accumName: 'a', linearName: 'l' }).minimize(model({ rows: true })),
  );
  same('ftrl that shrinks', () =>
    new FtrlOptimizer(0.1, { l2ShrinkageRegularizationStrength: 0.01 }).minimize(model({ resource: true })),
  );
  same('proximal descent', () => new ProximalGradientDescentOptimizer(0.1, 0.01, 0.02).minimize(model()));
  same('proximal descent on rows', () =>
    new ProximalGradientDescentOptimizer(0.1, 0.01).minimize(model({ rows: true })),
  );
  same('proximal adagrad', () => new ProximalAdagradOptimizer(0.1, 0.2, 0.01, 0.02).minimize(model()));
  same('proximal adagrad on rows', () => new ProximalAdagradOptimizer(0.1, 0.2).minimize(model({ rows: true })));
  const step = () => tf.train.getOrCreateGlobalStep();
  same('adagrad da', () => new AdagradDAOptimizer(0.1, step(), 0.2, 0.01, 0.02).minimize(model()));
  same('adagrad da on rows of a resource', () =>
    new AdagradDAOptimizer(0.1, step()).minimize(model({ rows: true, resource: true })),
  );
  const { ExponentialMovingAverage } = tf.train;
  same('averages', () => {
    const train = new tf.train.GradientDescentOptimizer(0.5).minimize(model());
    tf.controlDependencies([train], () => new ExponentialMovingAverage(0.9).apply());
  });
  same('averages by steps', () => {
    const [counter, loss] = [step(), model()];
    new ExponentialMovingAverage(0.99, counter, { name: 'avg' }).apply([loss, ...tf.trainableVariables()]);
  });
  same('averages of resources', () => {
    model({ resource: true });
    new ExponentialMovingAverage(0.9).apply();
  });
  same('averages of tensors', () => {
    const loss = model();
    new ExponentialMovingAverage(0.9, { zeroDebias: true }).apply([loss]);
  });
  same('two adams', () => {
    const loss = model();
    adam().minimize(loss);
    adam().minimize(loss);
  });
  same('in scopes', () => {
    tf.variableScope('layer', () => {
      const loss = model();
      tf.nameScope('train', () => adam().minimize(loss));
    });
  });
  same('in double', () => {
    const W = tf.getVariable('W', { initializer: tf.constant([1, 2], tf.float64) });
    adam().minimize(tf.reduceSum(W.mul(2)));
  });
});

describe('learning rates', () => {
  const step = () => tf.train.getOrCreateGlobalStep();
  same('exponential decay', () => {
    const s = step();
    tf.train.exponentialDecay(0.1, s, 1000, 0.96, { staircase: true });
    tf.train.exponentialDecay(0.1, s, 1000, 0.96, { name: 'rate' });
  });
  same('natural decay', () => tf.train.naturalExpDecay(0.1, step(), 1000, 0.5, { staircase: true }));
  same('inverse decay', () => tf.train.inverseTimeDecay(0.1, step(), 1000, 0.5));
  same('polynomial decay', () => tf.train.polynomialDecay(0.1, step(), 1000));
  same('polynomial decay in cycles', () => tf.train.polynomialDecay(0.1, step(), 1000, { cycle: true }));
  same('cosine decay', () => tf.train.cosineDecay(0.1, step(), 1000));
});

// --- values ---------------------------------------------------------------------------------------------

interface Case {
  optimizer: string;
  args: Record<string, number | boolean>;
  kind: 'dense' | 'rows';
  resource: boolean;
  dtype: 'float32' | 'float64';
  variables: string[];
  slots: string[];
  kept: string[];
  steps: Json[][];
}
const recorded = JSON.parse(readFileSync(path.join(__dirname, '..', 'fixtures', 'optimizers.json'), 'utf8')) as {
  initial: Record<string, Json>;
  feeds: Record<string, Json[]>;
  cases: Case[];
};

function optimizerOf({ optimizer, args }: Case): tf.train.Optimizer {
  const { learning_rate, momentum, ...rest } = args;
  const options = Object.fromEntries(
    Object.entries(rest).map(([k, v]) => [k.replace(/_(\w)/g, (_, c: string) => c.toUpperCase()), v]),
  );
  const rate = learning_rate as number;
  switch (optimizer) {
    case 'GradientDescent':
      return new tf.train.GradientDescentOptimizer(rate, options);
    case 'Momentum':
      return new tf.train.MomentumOptimizer(rate, momentum as number, options);
    case 'Adam':
      return new tf.train.AdamOptimizer(rate, options);
    case 'Adagrad':
      return new tf.train.AdagradOptimizer(rate, options);
    case 'RMSProp':
      return new tf.train.RMSPropOptimizer(
        rate,
        momentum === undefined ? options : { ...options, momentum: momentum as number },
      );
    default:
      return new tf.train.AdadeltaOptimizer(rate, options);
  }
}
/** Numbers that were drawn as float32, in the dtype of a case: what float32 rounded stays so. */
function drawnAs(json: Json, dtype: tf.DType): tf.NDArray {
  const { shape, data } = fromJson(json);
  return new tf.NDArray(dtype, shape, new dtype.array(data as never));
}
function check(c: Case, mode: Mode): void {
  const graph = new tf.Graph();
  graph.asDefault(() => {
    const dtype = c.dtype === 'float64' ? tf.float64 : tf.float32;
    const of = (name: string) =>
      tf.getVariable(name, {
        initializer: tf.constant(drawnAs(recorded.initial[name], dtype)),
        useResource: c.resource,
      });
    const dense = c.kind === 'dense';
    const x = dense ? tf.placeholder(dtype, [null, 3], { name: 'x' }) : tf.placeholder(tf.int32, [null], { name: 'x' });
    const loss = dense
      ? tf.reduceMean(tf.square(tf.matmul(x, of('W')).add(of('b'))))
      : tf.reduceSum(tf.square(tf.gather(of('E'), x)));
    const optimizer = optimizerOf(c);
    const train = optimizer.minimize(loss);
    expect(optimizer.getSlotNames()).toEqual(c.slots);
    expect(optimizer.variables().map((v) => v.op.name)).toEqual(c.kept);
    const sess = open(graph, mode);
    const before = sess.device.tensorsAlive();
    sess.run(tf.globalVariablesInitializer());
    const watched = c.variables.map(
      (name) => graph.getCollection<tf.Variable>('variables').find((v) => v.op.name === name)!,
    );
    recorded.feeds[c.kind].forEach((feed, step) => {
      sess.run(train, [[x, dense ? drawnAs(feed, dtype) : fromJson(feed)]]);
      (sess.run(watched) as unknown[]).forEach((value, i) =>
        expectClose(value, c.steps[step][i], c.dtype === 'float64' ? 1e-7 : 1e-5),
      );
    });
    sess.close();
    expect(sess.device.tensorsAlive()).toBe(before);
  });
}
const MODES: Mode[] = devices().flatMap((mode) =>
  (['auto', 'device'] as const).map((placement) => ({ ...mode, placement, title: `${mode.title}, ${placement}` })),
);
describe.each(MODES)('values after five steps on $title', (mode) => {
  test.each(
    recorded.cases.map(
      (c) =>
        [
          `${c.optimizer} ${JSON.stringify(c.args)} ${c.kind}${c.resource ? ' of resources' : ''} ${c.dtype}`,
          c,
        ] as const,
    ),
  )('%s', (_, c) => check(c, mode));
});
