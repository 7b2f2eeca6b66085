/** Large graphs: their plans are made over several runs, and the device gets them in pieces, one in each. */
import * as tf from '../../src';
import { openAddon } from '../../src/kernels/native/addon';
import { openDevice } from '../../src/kernels/devices';
import { SOON } from '../../src/plan/tuner';
import { devices, open } from '../devices';

const { runs } = SOON;
beforeEach(() => {
  tf.resetDefaultGraph();
  SOON.runs = 2;
});
afterAll(() => {
  SOON.runs = runs;
});
const WIDE = 10;
const ROWS = 2;
/** A chain of ops on rows, some of which read what lies far back; more than 10,000 of them. */
function longChain(): { x: tf.Tensor; y: tf.Tensor } {
  const x = tf.placeholder(tf.float32, [null, WIDE], { name: 'x' });
  const found: tf.Tensor[] = [x];
  for (let i = 0; i < 11_000; i++) {
    const last = found[i];
    found.push(i % 3 === 0 ? tf.tanh(last) : i % 3 === 1 ? tf.add(last, found[i >> 1]) : tf.multiply(last, 0.5));
  }
  return { x, y: found[found.length - 1] };
}
/** Graphs that TensorFlow has loaded. */
function loaded(): number {
  const opened = openAddon();
  return 'addon' in opened ? opened.addon.getNumOfSavedModels() : 0;
}

function asFloats(fetched: unknown): Float32Array {
  return Float32Array.from((fetched as tf.NDArray).data as Float32Array);
}

describe.each(devices())('$title', (mode) => {
  const data = Float32Array.from({ length: ROWS * WIDE }, (_, i) => Math.sin(i));
  test('every run gives the same bits, and hands over one piece at most', () => {
    const { x, y } = longChain();
    const before = loaded();
    const sess = open(tf.getDefaultGraph(), mode);
    const feeds = new Map([[x, new tf.NDArray(tf.float32, [ROWS, WIDE], data)]]);
    const bits = (): Int32Array => new Int32Array(asFloats(sess.run(y, feeds)).buffer);
    const first = bits();
    let most = 0;
    for (let run = 0, held = before; run < 60; run++) {
      expect(bits()).toEqual(first);
      most = Math.max(most, loaded() - held);
      held = loaded();
    }
    const pieces = loaded() - before;
    sess.close();
    expect([most, pieces > 4, loaded()]).toEqual(mode.device === 'native' ? [1, true, before] : [0, false, before]);
  });

  test('a session that is closed meanwhile leaves nothing', () => {
    const { x, y } = longChain();
    const device = openDevice(mode.device);
    const [before, tensors] = [loaded(), device.tensorsAlive()];
    for (const runs of [5, 30]) {
      const sess = open(tf.getDefaultGraph(), mode);
      for (let run = 0; run < runs; run++) sess.run(y, { [x.name]: new tf.NDArray(tf.float32, [ROWS, WIDE], data) });
      sess.close();
      expect([runs, loaded(), device.tensorsAlive()]).toEqual([runs, before, tensors]);
    }
  });
});
