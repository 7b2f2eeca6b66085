/** Examples parsed: their features, dense ones in tensors of one shape, and sparse ones as they are. */
import { asTexts } from '../../base/elements';
import { type TensorShape, cShape, sameShape, sizeOf } from '../../base/shape';
import { type Checked, type HostTable, KernelError, type KernelNode, attr, invalid } from '../kernel';
import { type Voice, featuresIn, isVariable, keysIn, known, outputs, take, wanted } from './example-features';

function checkDefaults(defaults: readonly Checked[], shapes: readonly TensorShape[]): void {
  defaults.forEach(({ shape }, d) => {
    const size = sizeOf(shape);
    const want = shapes[d];
    if (isVariable(want) && size !== 1)
      invalid(
        `dense_shape[${d}] is a variable length shape: ${want.toCString()}, therefore def_value[${d}] must contain ` +
          `a single element (the padding element).  But its shape is: ${cShape(shape)}`,
      );
    if (!isVariable(want) && size && !sameShape(shape, known(want)))
      invalid(
        `def_value[${d}].shape() == ${cShape(shape)} is not compatible with dense_shapes_[${d}] == ${want.toCString()}`,
      );
  });
}
function checkScalars(keys: readonly Checked[], what: string): void {
  for (const { shape } of keys)
    if (shape.length) invalid(`Expected ${what} to be scalars, got shape: ${cShape(shape)}`);
}
const batchVoice = (name: string | undefined, index: number): Voice => ({
  key: (key) => `Name: ${name ?? '<unknown>'}, Key: ${key}, Index: ${index}.  `,
  missing: `Name: ${name ?? '<unknown>'}, `,
});
const ALONE: Voice = { key: (key) => `Key: ${key}.  `, missing: '', isShort: true };
/** The inputs of ParseExample behind the names, by what they are. */
function split<T>(inputs: readonly T[], node: KernelNode): { sparseKeys: T[]; denseKeys: T[]; defaults: T[] } {
  const [sparse, dense] = [attr(node, 'Nsparse'), attr(node, 'Ndense')];
  const rest = inputs.slice(2);
  return {
    sparseKeys: rest.slice(0, sparse),
    denseKeys: rest.slice(sparse, sparse + dense),
    defaults: rest.slice(sparse + dense),
  };
}

/** The inputs of ParseExampleV2: a batch of examples or a single one, and the keys of each kind in a vector. */
function checkKeys([serialized, names, ...keys]: readonly Checked[], node: KernelNode): void {
  const { shape } = serialized;
  if (shape.length > 1) invalid(`Expected serialized to be a scalar or vector, got shape: ${cShape(shape)}`);
  if (sizeOf(names.shape) && !sameShape(names.shape, shape))
    invalid(
      `Expected names have the same shape as serialized: name.shape=${cShape(names.shape)}, ` +
        `serialized.shape=${cShape(shape)}`,
    );
  const wants = [attr(node, 'num_sparse'), attr(node, 'Tdense').length, raggedOf(node)];
  ['sparse', 'dense', 'ragged'].forEach((kind, i) => {
    const found = keys[i].shape;
    if (found.length !== 1) invalid(`Expected ${kind}_keys to be a vector, got shape: ${cShape(found)}`);
    if (found[0] !== wants[i])
      invalid(`Expected len(${kind}_keys) == len(${kind}_types) but got: ${found[0]} vs. ${wants[i]}`);
  });
  if (wants[2]) throw new KernelError('Unimplemented', `${node.type} makes no ragged tensors here`);
  checkDefaults(keys.slice(3), attr(node, 'dense_shapes'));
}
const raggedOf = (node: KernelNode): number => attr(node, 'ragged_value_types', 'list(type)').length;

export const PARSE_EXAMPLE_KERNELS: HostTable = {
  ParseExampleV2: {
    only: true,
    check: checkKeys,
    run([serialized, names, sparseKeys, denseKeys, , ...defaults], node) {
      const [texts, called, sparse, dense] = [serialized, names, sparseKeys, denseKeys].map(({ data }) =>
        asTexts(data),
      );
      const want = wanted(sparse, dense, defaults, attr(node, 'sparse_types'), attr(node, 'dense_shapes'));
      const isBatch = serialized.shape.length > 0;
      const voice = (i: number): Voice => (isBatch ? batchVoice(called[i], i) : ALONE);
      return outputs(
        want,
        texts.map((text, i) => take(featuresIn(text), want, voice(i))),
        isBatch,
      );
    },
  },
  ParseExample: {
    only: true,
    check(inputs, node) {
      const [serialized, names] = inputs.map(({ shape }) => shape);
      if (names.length !== 1) invalid(`Expected names to be a vector, got shape: ${cShape(names)}`);
      if (serialized.length !== 1) invalid(`Expected serialized to be a vector, got shape: ${cShape(serialized)}`);
      if (names[0] && names[0] !== serialized[0])
        invalid(`Expected len(names) == len(serialized), but got: ${names[0]} vs. ${serialized[0]}`);
      const { sparseKeys, denseKeys, defaults } = split(inputs, node);
      checkScalars([...sparseKeys, ...denseKeys], 'keys');
      checkDefaults(defaults, attr(node, 'dense_shapes'));
    },
    run(inputs, node) {
      const { sparseKeys, denseKeys, defaults } = split(inputs, node);
      const types = attr(node, 'sparse_types');
      const want = wanted(keysIn(sparseKeys), keysIn(denseKeys), defaults, types, attr(node, 'dense_shapes'));
      const [serialized, names] = inputs.slice(0, 2).map(({ data }) => asTexts(data));
      const taken = serialized.map((text, i) => take(featuresIn(text), want, batchVoice(names[i], i)));
      return outputs(want, taken, true);
    },
  },
  ParseSingleExample: {
    only: true,
    check([serialized, ...defaults], node) {
      if (serialized.shape.length)
        invalid(`Expected serialized to be a scalar, got shape: ${cShape(serialized.shape)}`);
      checkDefaults(defaults, attr(node, 'dense_shapes'));
    },
    run([serialized, ...defaults], node) {
      const [sparseKeys, denseKeys] = [attr(node, 'sparse_keys'), attr(node, 'dense_keys')];
      const want = wanted(sparseKeys, denseKeys, defaults, attr(node, 'sparse_types'), attr(node, 'dense_shapes'));
      return outputs(want, [take(featuresIn(asTexts(serialized.data)[0]), want, ALONE)], false);
    },
  },
};
