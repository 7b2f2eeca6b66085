/** What record/staging.py does with staging areas and barriers, in TypeScript: program by program. */
import * as tf from '../../src';
import type { AttrValues } from '../../src/format/attr';
import type { Programs, Run } from './run';

const long = (value: number | bigint): tf.Tensor => tf.constant(value, tf.int64);
const { float32, int32 } = tf;
const shapesOf = (tensors: readonly tf.Tensor[]): string[] => tensors.map(({ shape }) => shape.toString());

// --- staging areas ------------------------------------------------------------------------------------------------

/** Ops of one area, by names without the word that tells of keys in order. */
class Area {
  constructor(
    readonly run: Run,
    readonly common: AttrValues,
    private readonly prefix = '',
  ) {}
  op(type: string, inputs: tf.TensorLike[] | [tf.TensorLike, ...unknown[]] = [], more: AttrValues = {}): tf.Operation {
    return this.run.op(this.prefix + type, inputs as tf.TensorLike[], { ...this.common, ...more });
  }
}
const scalar = ({ outputs: [size] }: tf.Operation): tf.Tensor => size;
const all = ({ outputs }: tf.Operation): tf.Tensor[] => [...outputs];
const keyed = ({ outputs: [key, ...values] }: tf.Operation): [tf.Tensor, tf.Tensor[]] => [key, values];

export const STAGING: Programs = {
  async staged_in_a_line(run) {
    const x = tf.placeholder(float32, []);
    const area = new Area(run, { shared_name: 'a' });
    const take = { dtypes: [float32, tf.string] };
    const put = area.op('Stage', [[x, tf.constant(['s', 't'])]]);
    const get = all(area.op('Unstage', [], take));
    const [size, clear] = [scalar(area.op('StageSize', [], take)), area.op('StageClear', [], take)];
    const [first, third] = [0, 2].map((i) => all(area.op('StagePeek', [i], take)));
    run.say(shapesOf([...get, ...first]));
    run.now(size);
    for (const i of [0, 1, 2]) run.now(put, [[x, i]]);
    for (const fetch of [size, first, third, get]) run.now(fetch);
    run.now([put, get], [[x, 7]]);
    for (const fetch of [first, clear, size]) run.now(fetch);
    const came = run.wait(get);
    run.now(put, [[x, 8]]);
    await came();
    run.now(size);
  },
  async staged_within_limits(run) {
    const area = new Area(run, { shared_name: 'b', capacity: 2 });
    const puts = [0, 1, 2, 3].map((i) => area.op('Stage', [[tf.constant(i, int32)]]));
    const take = { dtypes: [int32] };
    const get = all(area.op('Unstage', [], take));
    const [size, clear] = [scalar(area.op('StageSize', [], take)), area.op('StageClear', [], take)];
    run.now(puts[0]);
    run.now(puts[1]);
    let came = run.wait(puts[2]);
    run.now(size);
    run.now(get);
    await came();
    run.now(size);
    came = run.wait(puts[3]);
    run.now(clear);
    await came();
    run.now(get);
  },
  async staged_in_bytes(run) {
    const area = new Area(run, { shared_name: 'c', memory_limit: 40 });
    const put = (n: number): tf.Operation => area.op('Stage', [[tf.zeros([n])]]);
    run.now(put(11));
    const take = { dtypes: [float32] };
    run.now(put(4));
    run.now(put(6));
    const came = run.wait(put(5));
    const [get, size] = [all(area.op('Unstage', [], take)), scalar(area.op('StageSize', [], take))];
    for (const fetch of [size, get, size, get]) run.now(fetch);
    await came();
    run.now(size);
    const texts = [tf.constant(['abc', '', 'ab\u00e9']), tf.constant(['x'])];
    run.now(run.op('Stage', [texts], { memory_limit: 7, shared_name: 'd' }));
  },
  staged_otherwise(run) {
    const area = new Area(run, { shared_name: 'e' });
    for (let i = 0; i < 3; i++) run.now(area.op('Stage', [[tf.constant(1.5), tf.constant(2, int32)]]));
    run.now(all(area.op('Unstage', [], { dtypes: [float32] })));
    run.now(all(area.op('StagePeek', [0], { dtypes: [float32, float32, float32] })));
    run.now(all(area.op('StagePeek', [[0]], { dtypes: [float32] })));
    run.now(all(area.op('Unstage', [], { dtypes: [float32, float32] })));
    run.now(scalar(area.op('StageSize', [], { dtypes: [] })));
  },
  async staged_by_keys(run) {
    for (const prefix of ['', 'Ordered']) {
      const area = new Area(run, { dtypes: [int32, float32], shared_name: 'f' }, prefix);
      const [key, x] = [tf.placeholder(tf.int64, []), tf.placeholder(int32, [])];
      const put = area.op('MapStage', [key, [0, 1], [x, tf.constant(0.5)]]);
      const [get, peek] = ['MapUnstage', 'MapPeek'].map((type) => all(area.op(type, [key, [0, 1]])));
      const any = keyed(area.op('MapUnstageNoKey', [[0, 1]]));
      const [size, clear] = [scalar(area.op('MapSize')), area.op('MapClear')];
      const incomplete = scalar(area.op('MapIncompleteSize'));
      run.say(shapesOf([...get, any[0], ...any[1]]));
      run.now(size);
      for (const k of [-2, 3, 1])
        run.now(put, [
          [key, k],
          [x, 10 * k],
        ]);
      run.now(size);
      run.now(peek, [[key, 3]]);
      run.now(get, [[key, 3]]);
      run.now(put, [
        [key, 1],
        [x, 99],
      ]);
      run.now(get, [[key, 1]]);
      await run.wait(any)();
      run.now(size);
      run.now(put, [
        [key, 5],
        [x, 1],
      ]);
      for (const fetch of [clear, size, incomplete]) run.now(fetch);
    }
  },
  staged_in_key_order(run) {
    const area = new Area(run, { dtypes: [int32], shared_name: 'g' }, 'Ordered');
    for (const k of [5, -3, 18, 1, 2 ** 40])
      run.now(area.op('MapStage', [long(k), [0], [tf.constant(((k % 7) + 7) % 7, int32)]]));
    const any = keyed(area.op('MapUnstageNoKey', [[0]]));
    for (let i = 0; i < 5; i++) run.now(any);
  },
  staged_in_parts(run) {
    const common = { dtypes: [int32, float32, tf.string], shared_name: 'h' };
    const area = new Area(run, common);
    const sizes = [scalar(area.op('MapSize')), scalar(area.op('MapIncompleteSize'))];
    const put = (indices: number[], ...values: (() => tf.Tensor)[]): void =>
      run.now(area.op('MapStage', [long(1), indices, values.map((make) => make())]));
    const [seven, eight, half, one] = [7, 8, 0.5, 1].map((x, i) => () => tf.constant(x, i < 2 ? int32 : float32));
    const a = (): tf.Tensor => tf.constant('a');
    put([0], seven);
    run.now(sizes);
    put([0], eight);
    put([3], eight);
    put([2, 1], a, one);
    put([1, 2], half, a);
    run.now(sizes);
    const part = (type: string, indices: number[], dtypes: tf.DType[]): void =>
      run.now(all(area.op(type, [long(1), indices], { dtypes })));
    part('MapPeek', [0, 2], [int32, tf.string]);
    part('MapUnstage', [1], [float32]);
    part('MapUnstage', [1], [float32]);
    part('MapPeek', [0, 1], [int32, float32]);
    part('MapUnstage', [5], [float32]);
    run.now(sizes);
    run.now(keyed(area.op('MapUnstageNoKey', [[0, 2]], { dtypes: [int32, tf.string] })));
    run.now(sizes);
  },
  async staged_by_keys_within_limits(run) {
    const area = new Area(run, { dtypes: [int32], shared_name: 'i', capacity: 2 });
    const puts = [0, 1, 2, 3].map((i) => area.op('MapStage', [long(i), [0], [tf.constant(i, int32)]]));
    const gets = [0, 1, 2, 3].map((i) => all(area.op('MapUnstage', [long(i), [0]])));
    const [size, clear] = [scalar(area.op('MapSize')), area.op('MapClear')];
    run.now(puts[0]);
    run.now(puts[1]);
    let came = run.wait(puts[2]);
    run.now(size);
    run.now(gets[1]);
    await came();
    const late = run.wait(puts[3]);
    run.now(clear);
    await late();
    run.now(gets[3]);
    const waits = run.wait(gets[0]);
    run.now(puts[0]);
    await waits();
    run.now(size);
    const bytes = new Area(run, { dtypes: [float32], shared_name: 'j', memory_limit: 40 });
    const put = (k: number, n: number): tf.Operation => bytes.op('MapStage', [long(k), [0], [tf.zeros([n])]]);
    run.now(put(0, 11));
    run.now(put(0, 6));
    came = run.wait(put(1, 5));
    run.now(scalar(bytes.op('MapSize')));
    run.now(all(bytes.op('MapUnstage', [long(0), [0]])));
    await came();
    run.now(scalar(bytes.op('MapSize')));
  },
};
