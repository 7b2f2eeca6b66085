/** Cells under `dynamicRnn`, as test/fixtures/record/rnn.py has them. */
import * as tf from '../../src';
import { C, F, Own, Pair, type Programs, back, batch, grads, ph, predicate } from './words';

const { dynamicRnn } = tf.nn;

export const CELLS: Programs = {
  'plain net': () => back(dynamicRnn(new C.BasicRNNCell(3), batch(2, 4, 3), { dtype: F })),
  'net of unknown sizes': () => back(dynamicRnn(new C.BasicLSTMCell(3), ph([null, null, 2]), { dtype: F })),
  'lstm with lengths': () => {
    const [x, n] = [ph([null, 4, 2]), ph([null], 'n', tf.int32)];
    return back(dynamicRnn(new C.BasicLSTMCell(2, { forgetBias: 0.5 }), x, { sequenceLength: n, dtype: F }));
  },
  'lstm with everything': () => {
    const cell = new C.LSTMCell(4, {
      usePeepholes: true,
      cellClip: 0.4,
      initializer: tf.randomUniformInitializer(-1, 1, 3),
      numProj: 2,
      projClip: 0.3,
      forgetBias: 0.7,
      activation: tf.nn.softsign,
    });
    return back(dynamicRnn(cell, batch(2, 3, 2), { dtype: F }));
  },
  'lstm with peepholes': () => back(dynamicRnn(new C.LSTMCell(3, true), batch(2, 3, 2), { dtype: F })),
  'lstm with projection': () =>
    back(dynamicRnn(new C.LSTMCell(3, { numProj: 2, name: 'projected' }), batch(2, 3, 2), { dtype: F })),
  'lstm in parts': () =>
    back(
      dynamicRnn(new C.LSTMCell(4, { numUnitShards: 2, numProj: 2, numProjShards: 3 }), batch(2, 3, 2), { dtype: F }),
    ),
  'lstm of one state': () =>
    back(dynamicRnn(new C.LSTMCell<tf.Tensor>(3, { stateIsTuple: false, numProj: 2 }), batch(2, 3, 2), { dtype: F })),
  'basic lstm of one state': () =>
    back(dynamicRnn(new C.BasicLSTMCell<tf.Tensor>(3, { stateIsTuple: false }), batch(2, 3, 2), { dtype: F })),
  'gru by time': () => {
    const [x, h] = [ph([4, 2, 3]), ph([2, 3], 'h')];
    const options = { initialState: h, timeMajor: true, swapMemory: true, parallelIterations: 4 };
    return back(dynamicRnn(new C.GRUCell(3), x, options));
  },
  'gru with initializers': () => {
    const kernelInitializer = tf.constantInitializer(0.3);
    const cell = new C.GRUCell(2, 'relu', { kernelInitializer, biasInitializer: tf.onesInitializer() });
    return back(dynamicRnn(cell, batch(2, 3, 3), { sequenceLength: [1, 3], dtype: F }));
  },
  'cells above each other': () => {
    const cells = [
      new C.BasicLSTMCell(3),
      new C.GRUCell(2),
      new C.BasicRNNCell(4, { activation: tf.nn.relu }),
    ] as const;
    return back(dynamicRnn(new C.MultiRNNCell(cells), batch(2, 3, 2), { dtype: F }));
  },
  'cells with a fed state': () => {
    const [c, h] = [ph([2, 3], 'c'), ph([2, 3], 'h')];
    const x = ph([2, 3, 2]);
    const initialState = [0, 1].map(() => C.LSTMStateTuple(c, h));
    const cell = new C.MultiRNNCell([0, 1].map(() => new C.BasicLSTMCell(3)));
    return back(dynamicRnn(cell, x, { initialState }));
  },
  'cells of one state': () => {
    const cells = [new C.BasicLSTMCell<tf.Tensor>(2, { stateIsTuple: false }), new C.GRUCell(3)];
    return back(dynamicRnn(new C.MultiRNNCell(cells, false), batch(2, 3, 2), { dtype: F }));
  },
  doubles: () => {
    const x = ph([2, 3, 2], 'x', tf.float64);
    const [outputs, state] = dynamicRnn(new C.LSTMCell(3), x, { dtype: tf.float64 });
    return [outputs, state.h, ...grads(outputs, x, ...tf.trainableVariables())];
  },
  dropout: () => {
    const options = { inputKeepProb: 0.8, outputKeepProb: 0.5, stateKeepProb: 0.9, seed: 5 };
    return back(
      dynamicRnn(new C.DropoutWrapper(new C.BasicLSTMCell(4), options), batch(2, 3, 3), {
        dtype: F,
        parallelIterations: 1,
      }),
    );
  },
  'dropout that is fed': () => {
    const [x, keep] = [ph([2, 3, 3]), ph([], 'keep')];
    return back(
      dynamicRnn(new C.DropoutWrapper(new C.GRUCell(4), { outputKeepProb: keep }), x, {
        dtype: F,
        parallelIterations: 1,
      }),
    );
  },
  'dropout alike in all steps': () => {
    const options = { variationalRecurrent: true, inputSize: 2, dtype: F, seed: 9 };
    const cell = new C.MultiRNNCell([new C.DropoutWrapper(new C.LSTMCell(3), 0.7, 0.8, 0.9, options)]);
    return back(dynamicRnn(cell, batch(2, 3, 2), { dtype: F }));
  },
  'dropout of some states': () => {
    const cell = new C.DropoutWrapper(new C.LSTMCell(3), {
      stateKeepProb: 0.5,
      seed: 2,
      dropoutStateFilterVisitor: (s) => (Array.isArray(s) ? C.LSTMStateTuple(true, false) : true),
    });
    return back(dynamicRnn(cell, batch(2, 3, 2), { dtype: F, parallelIterations: 1 }));
  },
  'ways past': () => {
    const cells = [
      new C.ResidualWrapper(new C.GRUCell(3)),
      new C.ResidualWrapper(new C.LSTMCell(3), (x, y) => x.mul(y)),
    ] as const;
    return back(dynamicRnn(new C.MultiRNNCell(cells), batch(2, 3, 3), { dtype: F }));
  },
  'on a device': () => {
    const cell = new C.DeviceWrapper(new C.LSTMCell(3), '/cpu:0');
    return tf.device('/job:localhost', () => back(dynamicRnn(cell, batch(2, 3, 3), { dtype: F })));
  },
  'cell of ones own': () => back(dynamicRnn(new Own(), batch(2, 3, 3), { dtype: F })),
  'names of variables': () => {
    const x = batch(2, 3, 3);
    const own = new Own({ name: 'b' });
    dynamicRnn(own, x, { dtype: F, scope: 'net' });
    return [tf.constant([...own.variables, ...own.trainableVariables, ...own.weights].map((v) => v.name))];
  },
  'by hand': () => {
    const x = ph([2, 3]);
    const cell = new C.BasicLSTMCell(2);
    let state = cell.zeroState(2, F);
    const outputs = [0, 1, 2].map(() => {
      const [y, next] = cell.apply(x, state);
      state = next;
      return y;
    });
    return back(outputs, state);
  },
  'by hand in scopes': () => {
    const x = ph([2, 3]);
    const [cell, multi] = [new C.GRUCell(2), new C.MultiRNNCell([new C.GRUCell(2), new C.GRUCell(3)])];
    const n = tf.shape(x).get(0);
    const [a] = cell.apply(x, cell.zeroState(n, F), 'first');
    const [b, s] = multi.apply(x, multi.zeroState(n, F), 'second');
    const [c, t] = multi.apply(x, s);
    const again = tf.variableScope(
      'second',
      { reuse: true },
      () => new C.MultiRNNCell([new C.GRUCell(2), new C.GRUCell(3)]),
    );
    const [d] = again.apply(x, t, 'third');
    return back(a, b, c, d);
  },
  'nets that share': () => {
    const x = batch(2, 3, 2);
    const initializer = tf.randomNormalInitializer(0, 0.3, 1);
    const [a] = tf.variableScope('net', { initializer }, () => dynamicRnn(new C.BasicLSTMCell(2), x, { dtype: F }));
    const [b] = tf.variableScope('net', { reuse: true }, () =>
      dynamicRnn(new C.BasicLSTMCell(2, { reuse: true }), x.mul(2), { dtype: F }),
    );
    const [c] = dynamicRnn(new C.BasicLSTMCell(2), x, { dtype: F, scope: 'other' });
    return back(a, b, c);
  },
  'resource variables': () => {
    const x = batch(2, 3, 2);
    return tf.variableScope('net', { useResource: true }, () =>
      back(dynamicRnn(new C.BasicLSTMCell(2), x, { dtype: F })),
    );
  },
  'net in a loop': () => {
    const x = batch(2, 3, 2);
    const cell = new C.GRUCell(2);
    const [, y] = tf.whileLoop(
      (i) => i.less(2),
      (i, y) => [i.add(1), dynamicRnn(cell, y, { dtype: F })[0]],
      [new tf.NDArray(tf.int32, [], Int32Array.of(0)), x],
    );
    return back(y);
  },
  'net in a branch': () => {
    const [x, p] = [ph([2, 3, 2]), predicate()];
    return back(
      tf.cond(
        p,
        () => dynamicRnn(new C.GRUCell(2), x, { dtype: F })[0],
        () => x,
      ),
    );
  },
  pairs: () => {
    const [x, z] = [ph([2, 3, 2]), ph([2, 3, 2], 'z')];
    return back(dynamicRnn(new Pair(), [x, z], { sequenceLength: [2, 3], dtype: F }));
  },
};
