/** Where code from strings is refused, as by a page's content policy, everything runs, and gives the same bits. */
import { devices } from '../sweep';
import { runProgram } from './program';

/** Ops whose loops are made anew, on every kind of element, in rows long and short; and a training step. */
const PROGRAM = `
  const { createHash } = require('node:crypto');
  const tf = require('./src');
  let refused = false;
  try { new Function('return 1'); } catch { refused = true; }
  const hash = createHash('sha256');
  let results = 0;
  const n = 1003;
  const x = Float64Array.from({ length: 7 * n }, (_, i) => (i % 97 === 0 ? NaN : Math.sin(i) * 1e3));
  const y = Float64Array.from({ length: n }, (_, i) => Math.cos(i) * 50 + 1);
  const fetches = [];
  for (const dtype of [tf.float32, tf.float64, tf.int32, tf.int64, tf.uint8, tf.float16]) {
    const a = tf.cast(tf.constant(x, tf.float64, [7, n]), dtype);
    const b = tf.cast(tf.constant(y, tf.float64, [n]), dtype);
    for (const f of ['add', 'sub', 'multiply', 'maximum', 'minimum', 'floordiv', 'squaredDifference', 'less',\
 'equal']) {
      try { fetches.push(tf[f](a, b), tf[f](b, a), tf[f](a, a)); } catch { /* not of this dtype */ }
    }
    for (const f of ['square', 'negative', 'sqrt', 'exp', 'sigmoid', 'abs', 'sign'])
      try { fetches.push(tf[f](a)); } catch { /* not of this dtype */ }
    for (const f of ['reduceSum', 'reduceMean', 'reduceMax', 'reduceMin', 'reduceProd'])
      for (const axis of [0, 1, null]) fetches.push(tf[f](a, axis), tf[f](tf.reshape(a, [n, 7]), axis));
    for (const f of ['argmax', 'argmin']) fetches.push(tf[f](a, 0), tf[f](a, 1));
  }
  const show = (value) => {
    results++;
    hash.update(value instanceof tf.NDArray ? new Uint8Array(value.data.buffer, value.data.byteOffset,\
 value.data.byteLength) : String(value));
  };
  const w = new tf.Variable(tf.ones([n, 3]));
  const cost = tf.reduceMean(tf.square(tf.matmul(tf.constant(x.map((v) => v / 1e3 || 0), tf.float32, [7, n]), w)));
  const step = new tf.train.AdamOptimizer(0.01).minimize(cost);
  const init = tf.globalVariablesInitializer();
  for (const [device, placement] of JSON.parse(process.env.MODES)) {
    const sess = new tf.Session('', { config: { device, placement, advice: false } });
    for (const fetch of fetches) {
      try { show(sess.run(fetch)); } catch (error) { show(error.message.split('\\n')[0]); }
    }
    sess.run(init);
    for (let i = 0; i < 30; i++) sess.run(step);
    show(sess.run(w));
    sess.close();
  }
  console.log(JSON.stringify({ refused, results, hash: hash.digest('hex') }));
`;
interface Said {
  readonly refused: boolean;
  readonly results: number;
  readonly hash: string;
}
function said(flags: readonly string[], modes: readonly (readonly string[])[]): Said {
  return JSON.parse(runProgram(PROGRAM, flags, { MODES: JSON.stringify(modes) }).stdout) as Said;
}

test('on every device, and on the host alone', () => {
  const modes = [[devices()[0].device, 'host'], ...devices().map(({ device }) => [device, 'auto'])];
  const usual = said([], modes);
  const refusing = said(['--disallow-code-generation-from-strings'], modes);
  expect(usual.refused).toBe(false);
  expect(refusing.refused).toBe(true);
  expect(refusing.results).toBeGreaterThan(300 * modes.length);
  expect({ ...refusing, refused: false }).toEqual(usual);
});
