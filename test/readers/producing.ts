/** Programs of test/fixtures/record/readers.py, on queues of what there is to read, and whole pipelines. */
import * as tf from '../../src';
import { type Programs, at } from './run';

export const PRODUCING: Programs = {
  names_in_another_order(run) {
    tf.setRandomSeed(3);
    const q = tf.train.stringInputProducer(['a', 'b', 'c', 'd', 'e'], { numEpochs: 3, seed: 5, name: 'names' });
    const named = (all: readonly { readonly name: string }[]): string[] => all.map(({ name }) => name);
    run.say([q.name, q.shapes.map(String), named(tf.localVariables()), named(tf.globalVariables())]);
    run.say(named(tf.getCollection(tf.GraphKeys.QUEUE_RUNNERS)));
    run.say(named(tf.getCollection(tf.GraphKeys.SUMMARIES)));
    run.start();
    run.all(q.dequeue());
    run.stop();
  },
  names_without_end(run) {
    tf.setRandomSeed(11);
    const q = tf.train.stringInputProducer(tf.constant(['a', 'b', 'c']), { capacity: 2, sharedName: 'all' });
    run.start();
    for (let i = 0; i < 9; i++) run.now(q.dequeue());
    run.stop();
    run.build(() => tf.train.stringInputProducer([]));
    run.build(() => tf.train.stringInputProducer(['a'], { numEpochs: 0 }));
    run.build(() => tf.train.stringInputProducer(['a'], { numEpochs: -2 }));
    run.build(() => tf.train.stringInputProducer([1, 2] as unknown as string[]));
  },
  no_names(run) {
    const q = tf.train.stringInputProducer(tf.constant([], tf.string), { name: 'none' });
    run.start();
    run.now(q.dequeue());
    run.stop();
  },
  numbers_and_slices(run) {
    tf.setRandomSeed(4);
    const r = tf.train.rangeInputProducer(5, { numEpochs: 2, shuffle: false, name: 'numbers' });
    const mixed = tf.train.rangeInputProducer(6, { numEpochs: 2, seed: 1 });
    const x = tf.constant([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const [one, label] = tf.train.sliceInputProducer([x, ['u', 'v', 'w']], {
      numEpochs: 2,
      seed: 8,
      capacity: 5,
      sharedName: 'sl',
    });
    const alone = tf.train.sliceInputProducer([x], { shuffle: false, numEpochs: 1, name: 'slices' });
    run.say([one.shape.asList(), label.shape.asList(), alone.length]);
    run.start();
    run.all(r.dequeue());
    run.all(mixed.dequeue());
    run.all([one, label]);
    run.all(alone[0]);
    run.stop();
    run.build(() => tf.train.sliceInputProducer([]));
  },
  whatever_elements(run) {
    tf.setRandomSeed(2);
    const p = tf.placeholder(tf.float32);
    const three = tf.constant([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const x = tf.placeholderWithDefault(three, [null, null]);
    run.build(() => tf.train.inputProducer(p));
    run.build(() => tf.train.inputProducer(x));
    run.build(() => tf.train.inputProducer(x, [3, 4, 5]));
    run.build(() => tf.train.inputProducer(tf.zeros([2, 3]), [4]));
    const q = tf.train.inputProducer(x, [2], {
      numEpochs: 2,
      seed: 6,
      summaryName: 'full',
      cancelOp: tf.noOp({ name: 'nothing' }),
      name: 'rows',
    });
    run.start();
    run.all(q.dequeue());
    run.now(tf.localVariables());
    run.stop();
  },
  so_many_epochs(run) {
    const x = tf.constant([1, 2]);
    run.say(tf.train.limitEpochs(x) === x);
    const limited = tf.train.limitEpochs(x, 2, { name: 'twice' });
    const local = tf.localVariables();
    run.say([limited.name, local.map(({ name }) => name), local.map(({ dtype }) => dtype.baseDtype.name)]);
    run.now(limited);
    run.now(tf.localVariablesInitializer());
    run.all(limited);
    run.now(tf.localVariables());
    run.build(() => tf.train.limitEpochs(x, 0));
  },
  a_table_in_batches(run) {
    const q = tf.train.stringInputProducer(at('rows.csv', 'more.csv'), { numEpochs: 2, shuffle: false });
    const [, line] = new tf.TextLineReader().read(q);
    const [a, b, c] = tf.decodeCsv(line, [[0], Int32Array.of(1), ['']]);
    const batch = tf.train.batch([tf.stack([a, tf.toFloat(b)]), c], 4, { allowSmallerFinalBatch: true });
    run.start();
    run.all(batch);
    run.stop();
  },
  a_table_with_a_fault(run) {
    const q = tf.train.stringInputProducer(at('wrong.csv'), { numEpochs: 1, shuffle: false });
    const [, line] = new tf.TextLineReader().read(q);
    const batch = tf.train.batch(tf.decodeCsv(line, [[0], Int32Array.of(1), ['']]), 1);
    run.start();
    run.now(batch);
    run.now(batch);
    run.say(run.coord.shouldStop());
    run.build(() => run.coord.join(run.threads));
  },
  pictures_in_batches(run) {
    const q = tf.train.stringInputProducer(at('cifar.bin'), { numEpochs: 1 });
    const [, value] = new tf.FixedLengthRecordReader(13).read(q);
    const record = tf.decodeRaw(value, tf.uint8);
    const label = tf.cast(tf.stridedSlice(record, [0], [1]), tf.int32);
    const picture = tf.transpose(tf.reshape(tf.stridedSlice(record, [1], [13]), [3, 2, 2]), [1, 2, 0]);
    label.setShape([1]);
    const [images, labels] = tf.train.shuffleBatch([tf.cast(picture, tf.float32), label], 5, 18, 6, {
      numThreads: 1,
      seed: 2,
    });
    run.say([images.shape.asList(), labels.shape.asList()]);
    run.start();
    run.now([images, tf.reshape(labels, [5])]);
    run.now([images, labels]);
    run.stop();
  },
};
