/** A net over characters: stacked LSTMs with dropout, unrolled by a decoder, with a rate that is assigned. */
import * as tf from '../../../src';

import rnn = tf.contrib.rnn;

const { legacySeq2seq } = tf.contrib;
const settings = { rnnSize: 8, layers: 2, batchSize: 3, seqLength: 4, vocabulary: 7, gradClip: 5, inputKeepProb: 0.9 };

class Model {
  readonly inputs;
  readonly targets;
  readonly initialState;
  readonly finalState;
  readonly probs;
  readonly cost;
  readonly lr;
  readonly trainOp;
  constructor(args: typeof settings) {
    const cells = [];
    for (let i = 0; i < args.layers; i++) {
      let cell: rnn.RNNCell<rnn.LSTMStateTuple> = new rnn.BasicLSTMCell(args.rnnSize);
      if (args.inputKeepProb < 1) cell = new rnn.DropoutWrapper(cell, { inputKeepProb: args.inputKeepProb });
      cells.push(cell);
    }
    const cell = new rnn.MultiRNNCell(cells, { stateIsTuple: true });
    this.inputs = tf.placeholder(tf.int32, [args.batchSize, args.seqLength]);
    this.targets = tf.placeholder(tf.int32, [args.batchSize, args.seqLength]);
    this.initialState = cell.zeroState(args.batchSize, tf.float32);
    const [softmaxW, softmaxB] = tf.variableScope('rnnlm', () => [
      tf.getVariable('softmax_w', [args.rnnSize, args.vocabulary]),
      tf.getVariable('softmax_b', [args.vocabulary]),
    ]);
    const embedding = tf.getVariable('embedding', [args.vocabulary, args.rnnSize]);
    const embedded = tf.nn.embeddingLookup(embedding, this.inputs);
    const steps = tf.split(embedded, args.seqLength, 1).map((step) => tf.squeeze(step, [1]));
    const [outputs, state] = legacySeq2seq.rnnDecoder(steps, this.initialState, cell, { scope: 'rnnlm' });
    const output = tf.reshape(tf.concat(outputs, 1), [-1, args.rnnSize]);
    const logits = tf.matmul(output, softmaxW).add(softmaxB);
    this.probs = tf.nn.softmax(logits);
    const ones = tf.ones([args.batchSize * args.seqLength]);
    const loss = legacySeq2seq.sequenceLossByExample([logits], [tf.reshape(this.targets, [-1])], [ones]);
    this.cost = tf.nameScope('cost', () => tf.reduceSum(loss).div(args.batchSize).div(args.seqLength));
    this.finalState = state;
    this.lr = new tf.Variable(0, { trainable: false });
    const tvars = tf.trainableVariables();
    const [grads] = tf.clipByGlobalNorm(tf.gradients(this.cost, tvars), args.gradClip);
    const optimizer = tf.nameScope('optimizer', () => new tf.train.AdamOptimizer(this.lr));
    this.trainOp = optimizer.applyGradients(grads.map((g, i) => [g, tvars[i] ?? this.lr]));
    tf.summary.scalar('train_loss', this.cost);
  }
}

export function main(): number {
  tf.setRandomSeed(2);
  const model = new Model(settings);
  const text = Array.from({ length: 13 }, (_, i) => (i * 5) % 7);
  const rows = (a: number[]): number[][] => [a.slice(0, 4), a.slice(4, 8), a.slice(8, 12)];
  const sess = new tf.Session();
  const summaries = tf.summary.mergeAll();
  sess.run(tf.globalVariablesInitializer());
  const costs: number[] = [];
  for (let epoch = 0; epoch < 8; epoch++) {
    sess.run(tf.assign(model.lr, 0.05 * 0.97 ** epoch));
    let state = sess.run(model.initialState);
    for (let batch = 0; batch < 3; batch++) {
      const feed = new Map<tf.Tensor, tf.FeedValue>([
        [model.inputs, rows(text)],
        [model.targets, rows(text.slice(1))],
      ]);
      model.initialState.forEach(({ c, h }, i) => {
        const kept = state[i];
        if (kept) feed.set(c, kept.c).set(h, kept.h);
      });
      let cost = 0;
      [, cost, state] = sess.run([summaries, model.cost, model.finalState, model.trainOp], feed);
      costs.push(cost);
    }
  }
  const probs = sess.run(model.probs, { [model.inputs.name]: rows(text) });
  return Math.abs(probs.row(0).mean() * 7 - 1) < 1e-5 ? (costs[0] ?? 0) - (costs.at(-1) ?? 0) : NaN;
}
