/** Examples, as files of records have them, taken apart into tensors. */
import { string } from '../base/dtype';
import { ValueError } from '../base/errors';
import { preview } from '../base/preview';
import { boundOverloads } from '../calls/bind';
import { applyOp, inScope } from '../graph/apply';
import { type Text, convertToTensor, isSymbolic } from '../graph/constant';
import type { Tensor } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import { Assert } from '../flow/assert';
import type { NameOption } from '../ops/options';
import { expandDims, squeeze } from '../ops/reshape';
import { rank } from '../ops/shape';
import { slice } from '../ops/slice';
import { equal } from '../ops/compare';
import { withDependencies } from '../ops/control';
import { type FeatureMap, type Parsed, type Raw, defaultsOf, nodeName, rawOf } from './features';

/** What a node gives, by the names of features. */
interface Outputs {
  readonly sparse: readonly (readonly [key: string, tensor: SparseTensor])[];
  readonly dense: readonly (readonly [key: string, tensor: Tensor])[];
}
/** The outputs of a node from `first` on: all indices, all values and all shapes of what is sparse stand in front. */
function byKey(outputs: readonly Tensor[], first: number, { sparseKeys, denseKeys }: Raw): Outputs {
  const n = sparseKeys.length;
  return {
    sparse: sparseKeys.map((key, i) => {
      const [indices, values, shape] = [0, 1, 2].map((part) => outputs[first + part * n + i]);
      return [key, new SparseTensor(indices, values, shape)];
    }),
    dense: denseKeys.map((key, i) => [key, outputs[first + 3 * n + i]]),
  };
}
// What a feature becomes follows from its kind (`Parsed`), which `rawOf` has looked at.
const parsed = <F extends FeatureMap>({ sparse, dense }: Outputs): Parsed<F> =>
  Object.fromEntries<Tensor | SparseTensor>([...sparse, ...dense]) as Parsed<F>;
const KINDS = ['VarLenFeature', 'FixedLenFeature', 'FixedLenSequenceFeature'] as const;
const isEmpty = (features: FeatureMap | null | undefined): boolean => !features || !Object.keys(features).length;

function batch(serialized: Text, names: Text | null, raw: Raw, name: string | null | undefined): Outputs {
  return inScope(name, 'ParseExample', [serialized, names], () => {
    const { sparseKeys, denseKeys, sparseTypes, denseShapes } = raw;
    const inputs = [serialized, names ?? [], sparseKeys, denseKeys, defaultsOf(raw)];
    const { outputs } = applyOp('ParseExample', inputs, { sparse_types: sparseTypes, dense_shapes: denseShapes }, name);
    return byKey(outputs, 0, raw);
  });
}

/** A scalar as a list of one. */
function alone(x: Text, what: 'Serialized' | 'Names'): Tensor {
  let tensor = convertToTensor(x, isSymbolic(x) ? null : string);
  const message = `Input ${what.toLowerCase()} must be a scalar`;
  if (tensor.shape.rank === null) {
    const check = Assert(equal(rank(tensor), 0), [message], { name: `${what}IsScalar` });
    tensor = withDependencies([check], tensor, { name: `${what}Dependencies` });
  } else if (tensor.shape.rank) throw new ValueError(message);
  return expandDims(tensor, 0);
}
/** One example as a batch of one, for its name. */
function named(serialized: Text, names: Text, raw: Raw, name: string | null | undefined): Outputs {
  return inScope(name, 'ParseSingleExample', [serialized, names], () => {
    const { sparse, dense } = batch(alone(serialized, 'Serialized'), alone(names, 'Names'), raw, name);
    const row = dense.map(([key, x]) => [key, squeeze(x, [0], { name: `Squeeze_${nodeName(key)}` })] as const);
    return { dense: row, sparse: sparse.map(([key, x]) => [key, withoutBatch(x, nodeName(key))] as const) };
  });
}
function withoutBatch({ indices, values, denseShape }: SparseTensor, key: string): SparseTensor {
  return new SparseTensor(
    slice(indices, [0, 1], [-1, -1], `Slice_Indices_${key}`),
    values,
    slice(denseShape, [1], [-1], `Squeeze_Shape_${key}`),
  );
}
function single(serialized: Text, raw: Raw, name: string | null | undefined): Outputs {
  return inScope(name, 'ParseSingleExample', [serialized], () => {
    const text = convertToTensor(serialized, isSymbolic(serialized) ? null : string, 'serialized');
    const { sparseKeys, denseKeys, sparseTypes, denseShapes } = raw;
    const attrs = {
      num_sparse: sparseKeys.length,
      sparse_keys: sparseKeys,
      dense_keys: denseKeys,
      sparse_types: sparseTypes,
      dense_shapes: denseShapes,
    };
    return byKey(applyOp('ParseSingleExample', [text, defaultsOf(raw)], attrs, name).outputs, 0, raw);
  });
}

/** What the functions that parse examples take by name. */
export interface ParseOptions extends NameOption {
  /** What the errors call the examples. */
  readonly exampleNames?: Text | null;
}
/**
 * Takes examples apart: a tensor for each feature, with a row for each example.
 *
 *     const example = new tf.train.Example({ features: { feature: { age: { int64List: { value: [29] } } } } });
 *     const { age } = tf.parseExample([example.serializeToString()], { age: new tf.FixedLenFeature([], tf.int64) });
 *     sess.run(age)   // [29]
 *
 * @param serialized    a vector of strings, each the bytes of a `tf.train.Example`
 * @param features      `tf.FixedLenFeature`, `tf.VarLenFeature` or `tf.FixedLenSequenceFeature`, by the feature's name
 * @param name          the name of the node
 * @param exampleNames  what the errors call the examples
 * @returns  by the feature's name a Tensor, or a SparseTensor for a `tf.VarLenFeature`
 * @throws ValueError  for what says too little of a feature
 * @throws InvalidArgumentError  when run, if a feature is missing or has another type or size
 */
export const parseExample = boundOverloads(
  'parse_example',
  2,
  <F extends FeatureMap>(
    serialized: Text,
    features: F,
    { name, exampleNames = null }: ParseOptions = {},
  ): Parsed<F> => {
    if (isEmpty(features)) throw new ValueError(`Missing: features was ${preview(features)}.`);
    return parsed(batch(serialized, exampleNames, rawOf(features, KINDS, true), name));
  },
);
/**
 * Takes one example apart: a tensor for each feature.
 *
 *     const example = new tf.train.Example({ features: { feature: { age: { int64List: { value: [29] } } } } });
 *     const bytes = example.serializeToString();
 *     const { age } = tf.parseSingleExample(bytes, { age: new tf.FixedLenFeature([], tf.int64) });
 *     sess.run(age)   // 29
 *
 * @param serialized    a string: the bytes of a `tf.train.Example`
 * @param features      `tf.FixedLenFeature`, `tf.VarLenFeature` or `tf.FixedLenSequenceFeature`, by the feature's name
 * @param name          the name of the node
 * @param exampleNames  what the errors call the example
 * @returns  by the feature's name a Tensor, or a SparseTensor for a `tf.VarLenFeature`
 * @throws ValueError  for what says too little of a feature
 * @throws InvalidArgumentError  when run, if a feature is missing or has another type or size
 */
export const parseSingleExample = boundOverloads(
  'parse_single_example',
  2,
  <F extends FeatureMap>(
    serialized: Text,
    features: F,
    { name, exampleNames = null }: ParseOptions = {},
  ): Parsed<F> => {
    if (isEmpty(features)) throw new ValueError('Missing features.');
    const raw = rawOf(features, KINDS, true);
    return parsed(exampleNames === null ? single(serialized, raw, name) : named(serialized, exampleNames, raw, name));
  },
);

/** What `parseSingleSequenceExample` takes by name. */
export interface ParseSequenceOptions<C extends FeatureMap, S extends FeatureMap> extends NameOption {
  /** What is wanted of the features of the whole. */
  readonly contextFeatures?: C | null;
  /** What is wanted of the lists of features. */
  readonly sequenceFeatures?: S | null;
  /** What the errors call the example. */
  readonly exampleName?: Text | null;
}
/**
 * Takes an example with lists of features apart: a tensor for each feature, and one with a row for each of a list.
 *
 *     const example = new tf.train.SequenceExample({
 *       featureLists: { featureList: { step: { feature: [{ floatList: { value: [1, 2] } }] } } },
 *     });
 *     const [, { step }] = tf.parseSingleSequenceExample(example.serializeToString(), {
 *       sequenceFeatures: { step: new tf.FixedLenSequenceFeature([2], tf.float32) },
 *     });
 *     sess.run(step)   // [[1, 2]]
 *
 * @param serialized        a string: the bytes of a `tf.train.SequenceExample`
 * @param contextFeatures   `tf.FixedLenFeature` or `tf.VarLenFeature`, by the names of features of the whole
 * @param sequenceFeatures  `tf.FixedLenSequenceFeature` or `tf.VarLenFeature`, by the names of lists
 * @param exampleName       what the errors call the example
 * @param name              the name of the node
 * @returns  a list of two: what comes of the features of the whole, and of the lists, by their names
 * @throws ValueError  for what says too little of a feature
 * @throws InvalidArgumentError  when run, if a feature is missing or has another type or size
 */
export const parseSingleSequenceExample = boundOverloads(
  'parse_single_sequence_example',
  1,
  <C extends FeatureMap = Record<never, never>, S extends FeatureMap = Record<never, never>>(
    serialized: Text,
    { contextFeatures, sequenceFeatures, exampleName, name }: ParseSequenceOptions<C, S> = {},
  ): [context: Parsed<C>, sequence: Parsed<S>] => {
    if (isEmpty(contextFeatures) && isEmpty(sequenceFeatures)) throw new ValueError('Missing features.');
    const context = rawOf(contextFeatures, ['VarLenFeature', 'FixedLenFeature'], false);
    const lists = rawOf(sequenceFeatures, ['VarLenFeature', 'FixedLenSequenceFeature'], false);
    const [whole, rows] = sequence(serialized, context, lists, exampleName ?? '', name);
    return [parsed(whole), parsed(rows)];
  },
);
function sequence(
  serialized: Text,
  context: Raw,
  lists: Raw,
  exampleName: Text,
  name: string | null | undefined,
): [Outputs, Outputs] {
  return inScope(name, 'ParseSingleSequenceExample', [serialized], () => {
    for (const [key, value] of lists.defaults)
      if (value !== null) throw new ValueError(`Value feature_list_dense_defaults[${key}] must be None`);
    const keys = [context.sparseKeys, context.denseKeys, lists.sparseKeys, lists.denseKeys];
    const inputs = [serialized, [...lists.defaults.keys()], ...keys, defaultsOf(context), exampleName];
    const attrs = {
      context_sparse_types: context.sparseTypes,
      feature_list_dense_types: lists.denseTypes,
      context_dense_shapes: context.denseShapes,
      feature_list_sparse_types: lists.sparseTypes,
      feature_list_dense_shapes: lists.denseShapes,
    };
    const { outputs } = applyOp('ParseSingleSequenceExample', inputs, attrs, name);
    const first = 3 * context.sparseKeys.length + context.denseKeys.length;
    return [byKey(outputs, 0, context), byKey(outputs, first, lists)];
  });
}
