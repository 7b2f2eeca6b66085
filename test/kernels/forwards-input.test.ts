/** Which of TensorFlow's kernels return their inputs' memory: an array is fed, the op run, the array overwritten. */
import * as tf from '../../src';
import { openDevice } from '../../src/kernels/devices';
import { type KernelNode, Value } from '../../src/kernels/kernel';
import { release } from '../../src/kernels/value';
import { FRESH } from '../../src/kernels/native/forwards-input';
import { FORMS } from '../law/forms';
import { casesOf } from '../law/cases';
import { build } from '../law/law';
import { testOn } from '../devices';

/** Floats at every place that there is between two multiples of 64 bytes: at one of them TensorFlow does not copy. */
const PLACES = 16;

/** Whether an op gives (a part of) the memory of a float32 input, in one of its forms; null where none could be run. */
function forwardsInput(type: string): boolean | null {
  let tried = false;
  const device = openDevice('native');
  const graph = new tf.Graph();
  for (const { case_, fetches } of build([...casesOf(type, 5, false), ...casesOf(type, 70, false)], graph)) {
    if (!fetches.length) continue;
    const { op } = fetches[0];
    const attrs = Object.fromEntries(op.attrNames.map((name) => [name, op.getAttr(name)]));
    const node: KernelNode = { def: op.def, type, name: op.name, attrs, outputTypes: fetches.map((t) => t.dtype) };
    const arrays = case_.inputs.flat().map((i) => (i as { array: tf.NDArray }).array);
    const kernel = device.kernelFor(
      node,
      arrays.map((a) => a.dtype),
      () => null,
    );
    if (!kernel) continue;
    const memory = arrays.map((a) => new ArrayBuffer(4 * (a.size + PLACES)));
    for (let place = 0; place < PLACES; place++) {
      const fed: Float32Array[] = [];
      const inputs = arrays.map((a, i) => {
        if (a.dtype !== tf.float32) return new Value(a.dtype, a.shape, a.data);
        const moved = new Float32Array(memory[i], 4 * place, a.size);
        fed.push(moved.fill(1));
        return new Value(a.dtype, a.shape, moved);
      });
      let outputs: readonly Value[] = [];
      try {
        outputs = kernel(inputs, node);
        tried ||= fed.length > 0;
        const before = outputs.map((v) => Array.from(device.read(v) as Float32Array, String).join());
        for (const array of fed) array.fill(7);
        const after = outputs.map((v) => Array.from(device.read(v) as Float32Array, String).join());
        if (before.join() !== after.join()) return true;
      } catch {
        // Refused: nothing is handed on.
      } finally {
        outputs.forEach(release);
        inputs.forEach(release);
      }
    }
  }
  return tried ? false : null;
}

testOn('native', 'what is said to give memory of its own does', () => {
  expect([...FRESH].filter((type) => !FORMS[type])).toEqual([]);
  expect([...FRESH].filter((type) => forwardsInput(type) !== false)).toEqual([]);
});
testOn('native', 'the probe sees what hands its input on', () => {
  expect(['Reshape', 'Sum', 'Transpose', 'Cast', 'AddN'].filter((type) => !forwardsInput(type))).toEqual([]);
});
