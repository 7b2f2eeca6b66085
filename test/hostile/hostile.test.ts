/**
 * No call kills the process, whatever is fed: neither in a step of its own nor in a part of a graph that TensorFlow
 * runs as a whole. TFJS_TEST_HOSTILE says how many calls of each op are tried (1 where not given), TFJS_TEST_SEEDS from
 * which seeds (`3-7`).
 */
import * as tf from '../../src';
import { openDevice } from '../../src/kernels/devices';
import { Value } from '../../src/kernels/kernel';
import { devices } from '../sweep';
import { sweep } from './sweep';

const there = devices().some((d) => d.device === 'native');
const native = there ? test : test.skip;
const many = Number(process.env['TFJS_TEST_HOSTILE'] ?? 1);
const [first, last = first] = (process.env['TFJS_TEST_SEEDS'] ?? '1').split('-').map(Number);

for (let seed = first; seed <= last; seed++)
  native(
    `hostile calls of every op: seed ${seed}`,
    async () => {
      const { deaths, foreign, outcomes } = await sweep({
        seed,
        alone: many,
        compiled: Math.ceil(many / 4),
        known: true,
      });
      expect(deaths).toEqual([]);
      expect(foreign).toEqual([]);
      // They are no calls that fail before they come to a kernel.
      expect(outcomes['error']).toBeGreaterThan(100);
      expect(outcomes['value']).toBeGreaterThan(50);
    },
    many * 1_800_000,
  );

native('a death is seen, and the call named', async () => {
  const before = process.env['TFJS_TEST_HOSTILE_ABORT'];
  process.env['TFJS_TEST_HOSTILE_ABORT'] = 'Neg';
  try {
    const { deaths } = await sweep({ seed: 1, alone: 2, compiled: 0, types: ['Abs', 'Neg', 'Exp'] });
    expect(deaths.length).toBeGreaterThan(0);
    for (const death of deaths) expect(death).toMatch(/^SIGABRT .*: Neg\(/);
  } finally {
    if (before === undefined) delete process.env['TFJS_TEST_HOSTILE_ABORT'];
    else process.env['TFJS_TEST_HOSTILE_ABORT'] = before;
  }
});
native('an array that is shorter than its shape is not handed over', () => {
  const device = openDevice('native');
  for (const value of [
    new Value(tf.string, [3], ['a']),
    new Value(tf.float32, [3], Float32Array.of(1, 2)),
    new Value(tf.int64, [2, 2], BigInt64Array.of(1n)),
    new Value(tf.float32, [2], null),
  ])
    expect(() => device.upload(value)).toThrow(`${value.size} elements of ${value.dtype.name} were to be handed over`);
});
