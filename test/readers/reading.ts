/** Programs of test/fixtures/record/readers.py, on readers and files: what each does and says, in the same order. */
import * as tf from '../../src';
import { type Programs, at, names } from './run';

const dimsOf = (...tensors: tf.Tensor[]): unknown => tensors.map((each) => each.shape.asList());
const counts = (reader: tf.ReaderBase): tf.Tensor[] => [reader.numRecordsProduced(), reader.numWorkUnitsCompleted()];

export const READING: Programs = {
  lines_of_text(run) {
    const q = tf.train.stringInputProducer(at('a.txt', 'empty.txt', 'b.txt'), { numEpochs: 2, shuffle: false });
    const reader = new tf.TextLineReader();
    const [key, value] = reader.read(q);
    run.say([key.shape.asList(), value.shape.asList(), reader.supportsSerialize, reader.readerRef.name]);
    const done = counts(reader);
    run.start();
    run.now(done);
    run.all([key, value]);
    run.now(done);
    run.now(reader.reset());
    run.now(done);
    run.now(reader.serializeState());
    run.now(reader.restoreState('x'));
    run.stop();
  },
  lines_behind_headers(run) {
    const [q, fill] = names('a.txt', 'b.txt', 'empty.txt', 'b.txt', 'a.txt');
    const reader = new tf.TextLineReader({ skipHeaderLines: 2, name: 'lines' });
    const pair = reader.read(q, { name: 'line' });
    run.every(...fill);
    run.all(pair);
    run.now([reader.numRecordsProduced('n'), reader.numWorkUnitsCompleted('w')]);
  },
  whole_files(run) {
    const [q, fill] = names('a.txt', 'missing.txt', 'b.txt');
    const reader = new tf.WholeFileReader();
    const pair = reader.read(q);
    const state = reader.serializeState();
    run.say(reader.supportsSerialize);
    run.every(fill[0], pair, state, pair, pair, state);
    run.now(reader.numWorkUnitsCompleted());
    run.now(reader.reset());
    run.every(pair, state);
  },
  records_of_a_length(run) {
    let [q, fill] = names('bytes.bin', 'b.txt', 'bytes.bin');
    const reader = new tf.FixedLengthRecordReader(3, { headerBytes: 2, footerBytes: 1, hopBytes: 5 });
    run.every(...fill);
    run.all(reader.read(q));
    run.now(counts(reader));
    for (const settings of [
      { recordBytes: 4 },
      { recordBytes: 4, hopBytes: 1, headerBytes: 14 },
      { recordBytes: 9, footerBytes: 3 },
      { recordBytes: 4, headerBytes: 30 },
    ]) {
      [q, fill] = names('bytes.bin');
      const pair = new tf.FixedLengthRecordReader(settings).read(q);
      run.every(...fill);
      run.all(pair);
    }
    for (const [encoding, file] of [
      ['GZIP', 'bytes.gz'],
      ['ZLIB', 'bytes.zlib'],
      ['GZIP', 'bytes.bin'],
      ['X' as '', 'bytes.bin'],
    ] as const) {
      [q, fill] = names(file);
      const pair = new tf.FixedLengthRecordReader(7, { encoding }).read(q);
      run.every(...fill);
      run.all(pair, 5);
    }
    for (const settings of [
      { recordBytes: -1 },
      { recordBytes: 0 },
      { recordBytes: 1, headerBytes: -2 },
      { recordBytes: 1, footerBytes: -3 },
      { recordBytes: 1, hopBytes: -4 },
    ])
      run.build(() => run.now(new tf.FixedLengthRecordReader(settings).numRecordsProduced()));
  },
  tf_records(run) {
    let [q, fill] = names('x.tfrecord', 'empty.txt', 'y.tfrecord');
    const reader = new tf.TFRecordReader();
    run.every(...fill);
    run.all(reader.read(q));
    run.now(counts(reader));
    [q, fill] = names('z.tfrecord', 'x.tfrecord');
    const options = new tf.pythonIo.TFRecordOptions(tf.pythonIo.TFRecordCompressionType.GZIP);
    const packed = new tf.TFRecordReader({ options, name: 'packed' });
    run.every(...fill);
    run.all(packed.read(q));
  },
  several_at_a_time(run) {
    const n = tf.placeholder(tf.int64, []);
    for (const Reader of [tf.TextLineReader, tf.TFRecordReader, tf.IdentityReader, tf.WholeFileReader]) {
      const records = ['x.tfrecord', 'y.tfrecord', 'x.tfrecord', 'y.tfrecord'];
      const [q, fill] = names(...(Reader === tf.TFRecordReader ? records : ['a.txt', 'b.txt', 'empty.txt', 'b.txt']));
      const reader = new Reader();
      const [keys, values] = reader.readUpTo(q, n);
      run.say(dimsOf(keys, values));
      run.every(...fill);
      for (const count of [0, 2, 1, 3, 5, 5]) run.now([keys, values], [[n, count]]);
      run.now(counts(reader));
      if (Reader === tf.WholeFileReader) run.build(() => reader.readUpTo(q, [1]));
    }
  },
  keys_that_are_values(run) {
    const q = new tf.FIFOQueue(9, [tf.string], [[]]);
    const reader = new tf.IdentityReader();
    run.now(q.enqueueMany([['u', 'v', 'w']]));
    const [pair, state, done] = [reader.read(q), reader.serializeState(), counts(reader)];
    run.now(pair);
    const kept = run.session.run(state);
    run.every(pair, done);
    const text = tf.placeholder(tf.string);
    const restore = reader.restoreState(text);
    const from = (bytes: string | string[]): void => run.now(restore, [[text, bytes]]);
    from(kept);
    run.every(done, pair);
    from('');
    run.now(done);
    from('\x08\x02\x10\x01\x18\x01"\x01q');
    run.now(done);
    const minusOne = `\x08${'\udcff'.repeat(9)}\x01`;
    for (const wrong of ['\x08', 'nothing', minusOne, '\x08\x01\x10\x02']) from(wrong);
    run.now(done);
    from(['', '']);
    run.build(() => reader.restoreState(['a']));
  },
  files_that_are_bad(run) {
    const all: [() => tf.ReaderBase, string[]][] = [
      [() => new tf.TextLineReader(), ['missing.txt', 'b.txt']],
      [() => new tf.TFRecordReader(), ['missing.tfrecord', 'cut.tfrecord']],
      [() => new tf.FixedLengthRecordReader(5), ['missing.bin', 'bytes.bin']],
      [() => new tf.TFRecordReader(), ['damaged.tfrecord', 'x.tfrecord']],
      [() => new tf.TFRecordReader(), ['a.txt']],
    ];
    for (const [make, files] of all) {
      const [q, fill] = names(...files);
      const reader = make();
      const pair = reader.read(q);
      run.every(...fill, pair, pair, pair, pair);
      run.now(counts(reader));
    }
  },
  queues_that_are_not_of_names(run) {
    const reader = new tf.TextLineReader();
    const numbers = new tf.FIFOQueue(3, [tf.int32], [[]]);
    run.every(numbers.enqueue(1), reader.read(numbers));
    run.say('next');
    const pairs = new tf.FIFOQueue(3, [tf.string, tf.string], [[], []]);
    run.every(pairs.enqueue(['a', 'b']), reader.read(pairs));
    const vectors = new tf.FIFOQueue(3, [tf.string], [[2]]);
    run.every(vectors.enqueue([at('a.txt', 'b.txt')]), reader.read(vectors));
    const ones = new tf.FIFOQueue(3, [tf.string], [[1]]);
    run.every(ones.enqueue([at('b.txt')]), reader.read(ones));
    const closed = new tf.FIFOQueue(3, [tf.string], [[]]);
    run.every(closed.close(), new tf.TextLineReader().read(closed));
    run.build(() => new tf.TextLineReader({ skipHeaderLines: 'two' as unknown as number }));
  },
  async a_reader_waits(run) {
    const q = new tf.FIFOQueue(3, [tf.string], [[]], { name: 'names' });
    const reader = new tf.TextLineReader();
    const pair = reader.read(q);
    const [first, second] = [run.wait(pair[1]), run.wait(pair[1])];
    run.now(q.enqueue(at('b.txt')));
    await first();
    await second();
    run.said.push(run.said.splice(-2).sort());
    run.now(reader.numRecordsProduced());
  },
  a_reader_by_reference(run) {
    const q = new tf.FIFOQueue(9, [tf.string], [[]], { name: 'names' });
    const lmdb = new tf.LMDBReader();
    run.say(lmdb.readerRef.dtype.name);
    for (const made of [lmdb.read(q)[0], lmdb.readUpTo(q, 2)[1], ...counts(lmdb), lmdb.serializeState()])
      run.say([made.name, String(made.shape)]);
    run.say([lmdb.restoreState('a').name, lmdb.reset().name]);
  },
  readers_of_an_old_graph(run) {
    const kinds = [
      ['TextLineReader', 'skip_header_lines', 1],
      ['WholeFileReader', null, 0],
      ['FixedLengthRecordReader', 'record_bytes', 8],
      ['TFRecordReader', null, 0],
      ['IdentityReader', null, 0],
    ] as const;
    const types = 'attr { key: "component_types" value { list { type: DT_STRING } } }';
    const shapes = 'attr { key: "shapes" value { list { shape { } } } }';
    let text = `versions { producer: 20 }\nnode { name: "names" op: "FIFOQueue" ${types} ${shapes} }\n`;
    for (const [kind, attr, value] of kinds) {
      const attrs = attr ? `attr { key: "${attr}" value { i: ${value} } }` : '';
      text += `node { name: "${kind}" op: "${kind}" ${attrs} }\n`;
      text += `node { name: "${kind}_read" op: "ReaderRead" input: "${kind}" input: "names" }\n`;
      for (const op of 'NumRecordsProduced NumWorkUnitsCompleted SerializeState Reset'.split(' '))
        text += `node { name: "${kind}_Reader${op}" op: "Reader${op}" input: "${kind}" }\n`;
    }
    tf.importGraphDef(tf.GraphDef.fromText(text), { name: '' });
    const graph = tf.getDefaultGraph();
    const ref = graph.getTensorByName('names:0');
    const files = at('b.txt', 'a.txt', 'x.tfrecord', 'b.txt');
    const fill = run.op('QueueEnqueueMany', [ref, [files]]);
    run.now(fill);
    for (const [kind] of kinds) {
      // TensorFlow's own asks its node for an encoding, which that has not.
      if (kind === 'FixedLengthRecordReader') continue;
      const done = [`${kind}_ReaderNumRecordsProduced:0`, `${kind}_ReaderNumWorkUnitsCompleted:0`];
      run.every(
        [`${kind}_read:0`, `${kind}_read:1`],
        done,
        `${kind}_ReaderSerializeState:0`,
        `${kind}_ReaderReset`,
        done,
      );
    }
    for (const [i, kind] of ['TextLineReader', 'IdentityReader'].entries()) {
      const reader = new tf.ReaderBase(graph.getTensorByName(`${kind}:0`));
      run.now(fill);
      const three = tf.constant(3, tf.int64, { name: `ReaderReadUpTo${i ? '_1' : ''}/num_records` });
      run.now([...run.op('ReaderReadUpTo', [reader.readerRef, ref, three]).outputs]);
      run.now(reader.restoreState(''));
      run.now(reader.numRecordsProduced());
    }
  },
  readers_that_are_shared(run) {
    const q = new tf.FIFOQueue(9, [tf.string], [[]], { name: 'names' });
    run.now(q.enqueueMany([at('b.txt', 'a.txt')]));
    const first = run.op('TextLineReaderV2', [], { shared_name: 'both' }).outputs[0];
    run.now([...run.op('ReaderReadV2', [first, q.queueRef]).outputs]);
    const second = run.op('TextLineReaderV2', [], { shared_name: 'both' }, 'other').outputs[0];
    run.now([...run.op('ReaderReadV2', [second, q.queueRef]).outputs]);
    run.now(run.op('ReaderNumRecordsProducedV2', [first]).outputs[0]);
  },
};
