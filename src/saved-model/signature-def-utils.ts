/** `tf.savedModel.signatureDefUtils`: what may be asked of a model, by name. */

import { isMap, worded } from '../base/border';
import { TypeError_, ValueError } from '../base/errors';
import { entriesOf } from '../base/mapping';
import { bound } from '../calls/bind';
import { checkObject } from '../format/given';
import { DATA_TYPE, SIGNATURE_DEF, type SignatureMessage } from '../format/messages';
import { isSymbolic } from '../graph/constant';
import { Tensor } from '../graph/graph';
import { SparseTensor } from '../graph/sparse-tensor';
import type { Variable } from '../variables/variable';
import * as names from './signature-constants';
import { infoOf, type TensorInfo } from './utils';

/** Things by name, as an object or a Map. */
export type Named<T> = Readonly<Record<string, T>> | ReadonlyMap<string, T>;
/** What a signature takes, or gives, by its names. @param what  the argument */
function named<T>(given: Named<T> | null | undefined, what: string): [string, T][] {
  return entriesOf(given ?? {}, `${what} must be a dictionary of tensors by name.`);
}
type Infos = Named<TensorInfo>;
export type Tensors = Named<Tensor | SparseTensor | Variable>;
/** `{ outputs: y }` in the last place may be meant as a name and a tensor, or as an argument by its name. */
const isOne = (x: unknown): boolean => isSymbolic(x) || x instanceof SparseTensor;

function made(inputs?: Infos | null, outputs?: Infos | null, methodName?: string | null): SignatureMessage {
  return SIGNATURE_DEF.make({
    inputs: new Map(named(inputs, 'inputs')),
    outputs: new Map(named(outputs, 'outputs')),
    methodName: methodName ?? '',
  });
}
/**
 * A signature of what `tf.savedModel.utils.buildTensorInfo` gives.
 *
 *     const x = tf.placeholder(tf.float32, [], { name: 'x' });
 *     const info = tf.savedModel.utils.buildTensorInfo(x);
 *     tf.savedModel.signatureDefUtils.buildSignatureDef({ x: info }, { y: info }, 'mine').methodName   // 'mine'
 *
 * @param inputs      messages of tensors that are fed, by the names that callers use
 * @param outputs     messages of tensors that are fetched, by name
 * @param methodName  what it is for: a name of `tf.savedModel.signatureConstants`
 * @returns  a message
 * @throws TypeError  for other arguments
 */
export const buildSignatureDef = bound(
  'saved_model.build_signature_def',
  (inputs?: Infos, outputs?: Infos, methodName?: string): SignatureMessage => made(inputs, outputs, methodName),
);
/**
 * A signature for predictions, of any tensors.
 *
 *     const x = tf.placeholder(tf.float32, [], { name: 'x' });
 *     const signature = tf.savedModel.signatureDefUtils.predictSignatureDef({ x }, { y: tf.square(x) });
 *     [...signature.inputs.keys()]   // ['x']
 *
 * @param inputs   tensors that are fed, by the names that callers use
 * @param outputs  tensors that are fetched, by name
 * @returns  a message
 * @throws ValueError  where either is empty
 */
export const predictSignatureDef = bound('saved_model.predict_signature_def', predict);
/** The same, for what builds on it. */
export function predict(inputs: Tensors, given: Tensors): SignatureMessage {
  const outputs = isOne(given) ? new Map([['outputs', given as unknown as Tensor]]) : given;
  const taken = named(inputs, 'inputs');
  if (!taken.length) throw new ValueError('Prediction inputs cannot be None or empty.');
  const fetched = named(outputs, 'outputs');
  if (!fetched.length) throw new ValueError('Prediction outputs cannot be None or empty.');
  const infos = (tensors: typeof taken): Infos => new Map(tensors.map(([key, x]) => [key, infoOf(x)]));
  return made(infos(taken), infos(fetched), names.PREDICT_METHOD_NAME);
}
/** A tensor's message, where it has the dtype that servers want. */
function typed(x: Tensor, dtype: string, sentence: string): TensorInfo {
  const info = infoOf(x);
  if (info.dtype !== DATA_TYPE[dtype]) throw new ValueError(sentence);
  return info;
}
function examplesInfo(kind: string, examples: Tensor | null | undefined): TensorInfo {
  if (examples === null || examples === undefined) throw new ValueError(`${kind} examples cannot be None.`);
  const sentence = `${kind} examples must be a string Tensor.`;
  if (!(examples instanceof Tensor)) throw new ValueError(sentence);
  return typed(examples, 'DT_STRING', sentence);
}
/**
 * A signature for regressions of serialized examples.
 *
 *     const examples = tf.placeholder(tf.string, [null]);
 *     const signature = tf.savedModel.signatureDefUtils.regressionSignatureDef(examples, tf.zeros([3]));
 *     signature.methodName   // 'tensorflow/serving/regress'
 *
 * @param examples     strings
 * @param predictions  float32
 * @returns  a message
 * @throws ValueError  for other dtypes
 */
export const regressionSignatureDef = bound(
  'saved_model.regression_signature_def',
  (examples: Tensor | null, predictions: Tensor | null): SignatureMessage => {
    const inputs = { [names.REGRESS_INPUTS]: examplesInfo('Regression', examples) };
    if (!predictions) throw new ValueError('Regression predictions cannot be None.');
    const output = typed(predictions, 'DT_FLOAT', 'Regression output must be a float Tensor.');
    return made(inputs, { [names.REGRESS_OUTPUTS]: output }, names.REGRESS_METHOD_NAME);
  },
);
/**
 * A signature for classifiers of serialized examples.
 *
 *     const examples = tf.placeholder(tf.string, [null]);
 *     const signature = tf.savedModel.signatureDefUtils.classificationSignatureDef(examples, null, tf.zeros([3, 2]));
 *     [...signature.outputs.keys()]   // ['scores']
 *
 * @param examples  strings
 * @param classes   the names of classes: strings; or null
 * @param scores    how likely they are: float32; or null
 * @returns  a message
 * @throws ValueError  for other dtypes, or where classes and scores are both null
 */
export const classificationSignatureDef = bound(
  'saved_model.classification_signature_def',
  (examples: Tensor | null, classes: Tensor | null, scores: Tensor | null): SignatureMessage => {
    const inputs = { [names.CLASSIFY_INPUTS]: examplesInfo('Classification', examples) };
    if (!classes && !scores) throw new ValueError('Classification classes and scores cannot both be None.');
    const outputs = new Map<string, TensorInfo>();
    if (classes)
      outputs.set(
        names.CLASSIFY_OUTPUT_CLASSES,
        typed(classes, 'DT_STRING', 'Classification classes must be a string Tensor.'),
      );
    if (scores)
      outputs.set(
        names.CLASSIFY_OUTPUT_SCORES,
        typed(scores, 'DT_FLOAT', 'Classification scores must be a float Tensor.'),
      );
    return made(inputs, outputs, names.CLASSIFY_METHOD_NAME);
  },
);
/** Which dtypes servers want of inputs and outputs, by name. */
const SERVED: Readonly<Record<string, readonly [inputs: Dtypes, outputs: Dtypes]>> = {
  [names.CLASSIFY_METHOD_NAME]: [
    { [names.CLASSIFY_INPUTS]: 'DT_STRING' },
    { [names.CLASSIFY_OUTPUT_CLASSES]: 'DT_STRING', [names.CLASSIFY_OUTPUT_SCORES]: 'DT_FLOAT' },
  ],
  [names.REGRESS_METHOD_NAME]: [{ [names.REGRESS_INPUTS]: 'DT_STRING' }, { [names.REGRESS_OUTPUTS]: 'DT_FLOAT' }],
};
type Dtypes = Readonly<Record<string, string>>;
/**
 * Whether TensorFlow's server serves a signature.
 *
 *     const x = tf.placeholder(tf.float32, [], { name: 'x' });
 *     const { predictSignatureDef, isValidSignature } = tf.savedModel.signatureDefUtils;
 *     isValidSignature(predictSignatureDef({ x }, { y: tf.square(x) }))   // true
 *
 * @param signatureDef  a message, or null
 * @returns  whether its method is known, and its tensors are what that method has
 * @throws TypeError  for other arguments
 */
export const isValidSignature = bound(
  'saved_model.is_valid_signature',
  (signatureDef: SignatureMessage | null): boolean => {
    if (!signatureDef) return false;
    checkObject(SIGNATURE_DEF, signatureDef);
    const { methodName, inputs, outputs } = signatureDef;
    if (!isMap(inputs) || !isMap(outputs))
      throw new TypeError_(`${worded(signatureDef)} is no SignatureDef: it has no maps of inputs and outputs.`);
    if (!outputs.size || !inputs.size) return false;
    if (methodName === names.PREDICT_METHOD_NAME) return true;
    const served = Object.hasOwn(SERVED, methodName) ? SERVED[methodName] : null;
    const fits = (infos: ReadonlyMap<string, TensorInfo>, dtypes: Dtypes): boolean =>
      [...infos].every(([key, { dtype }]) => Object.hasOwn(dtypes, key) && dtype === DATA_TYPE[dtypes[key]]);
    return served !== null && fits(inputs, served[0]) && fits(outputs, served[1]);
  },
);
