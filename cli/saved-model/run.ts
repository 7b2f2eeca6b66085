/** `tfjs-session model run`: feeds files to a signature, and prints what comes out, as `saved_model_cli` does. */
import { entryOf } from '../../src/base/keys';
import { errorOf, naming } from '../../src/base/thrown';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '../../src';
import { toNDArray } from '../../src/base/to-ndarray';
import { readWhole, writeWhole } from '../../src/format/files';
import { npyBytes, readNpy } from '../../src/format/npy';
import { isZip, readNpz } from '../../src/format/npz';
import { readSavedModel } from '../../src/format/saved-model';
import type { TensorInfo } from '../../src/saved-model/utils';
import { checkFolder, makeFolder } from '../folder';
import { UsageError } from '../usage';
import { arrayText } from './array-text';
import { byKey, graphOf, signatureOf } from './show';

export interface RunFlags {
  readonly tagSet?: string;
  readonly signature: string;
  readonly inputs: readonly string[];
  readonly outdir?: string;
  readonly overwrite?: boolean;
  readonly device?: string;
  readonly json?: boolean;
}
type Infos = ReadonlyMap<string, TensorInfo>;

export function run(folder: string, flags: RunFlags): void {
  if (flags.outdir !== undefined) checkFolder(flags.outdir);
  const graphs = naming(folder, () => readSavedModel(folder));
  const tagSet = flags.tagSet ?? (graphs.length === 1 ? (graphs[0].metaInfoDef?.tags ?? []).join(',') : 'serve');
  const { inputs, outputs } = naming(folder, () => signatureOf(graphOf(graphs, tagSet), flags.signature));
  const values = inputsOf(flags.inputs, inputs, folder);
  const config = flags.device === undefined ? {} : { device: flags.device };
  using sess = new tf.Session({ graph: new tf.Graph(), config: { ...config, advice: false } });
  tf.savedModel.load(sess, tagSet.split(','), folder);
  const tensorOf = (info: TensorInfo): tf.Tensor | tf.SparseTensor =>
    tf.savedModel.getTensorFromTensorInfo(info, sess.graph);
  const feeds: [tf.Tensor | tf.SparseTensor, tf.FeedValue][] = [...values].map(([key, value]) => [
    tensorOf(entryOf(inputs, key)),
    value,
  ]);
  const wanted = byKey(outputs);
  const results = sess.run(
    wanted.map(([, info]) => tensorOf(info)) as tf.Tensor[],
    new Map(feeds) as tf.FeedDict,
  ) as unknown[];
  if (flags.json) {
    const plain = (value: unknown): unknown => (value instanceof tf.NDArray ? value.toArray() : value);
    const object = Object.fromEntries(wanted.map(([key], i) => [key, plain(results[i])]));
    process.stdout.write(`${JSON.stringify(object, (_, x: unknown) => (typeof x === 'bigint' ? Number(x) : x))}\n`);
  } else
    for (const [i, [key]] of wanted.entries())
      process.stdout.write(`Result for output key ${key}:\n${arrayText(results[i])}\n`);
  if (flags.outdir !== undefined)
    for (const [i, [key, info]] of wanted.entries()) keep(flags.outdir, key, results[i], tensorOf(info), flags);
}
function keep(outdir: string, key: string, value: unknown, tensor: tf.Tensor | tf.SparseTensor, flags: RunFlags): void {
  if (key.includes('/') || key.includes('\0')) throw new UsageError(`The output "${key}" is no name of a file.`);
  const file = join(outdir, `${key}.npy`);
  makeFolder(outdir);
  if (!flags.overwrite && existsSync(file))
    throw new UsageError(
      `Output file ${file} already exists. Add "--overwrite" to overwrite the existing output files.`,
    );
  const array = value instanceof tf.NDArray ? value : toNDArray(value, tensor.dtype);
  writeWhole(file, npyBytes(array));
  if (!flags.json) process.stdout.write(`Output ${key} is saved to ${file}\n`);
}

/** What is fed, by the names that the signature has for it. */
function inputsOf(given: readonly string[], inputs: Infos, folder: string): Map<string, tf.FeedValue> {
  const known = byKey(inputs).map(([key]) => key);
  const found = new Map<string, tf.FeedValue>();
  for (const part of given.flatMap((each) => (/^\s*[[{]/.test(each) ? [each] : each.split(';'))).filter(Boolean)) {
    const [, key, file] = /^([^=[{]+)=([\s\S]+)$/.exec(part) ?? [null, null, part];
    const value = readInput(file);
    if (key !== null) found.set(key, value);
    else if (isNamed(value)) for (const [name, each] of Object.entries(value)) found.set(name, each);
    else if (known.length === 1) found.set(known[0], value);
    else throw new UsageError(`--inputs ${part}: say for which input, as ${known[0] ?? 'x'}=${part}.`);
  }
  for (const key of found.keys())
    if (!inputs.has(key))
      throw new UsageError(
        `"${key}" is not a valid input key. Please choose from ` +
          `${known.map((each) => `"${each}"`).join(', ')}, or use model show ${folder}.`,
      );
  const missing = known.filter((key) => !found.has(key));
  if (missing.length) {
    const lacking = missing.map((key) => `${key}=file.npy`).join(', ');
    throw new UsageError(`--inputs lacks ${lacking} (model show ${folder}).`);
  }
  return found;
}
type NamedValues = Readonly<Record<string, tf.FeedValue>>;
const isNamed = (value: unknown): value is NamedValues =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof tf.NDArray);
/** A file, or JSON itself. */
function readInput(text: string): tf.FeedValue {
  if (/^\s*([[{"]|-?\d|true|false)/.test(text) && !existsSync(text)) return jsonOf(text, '--inputs');
  const [, file, name = null] = /^(.*?)(?:\[(.+)\])?$/s.exec(text) ?? [];
  if (file === undefined || !existsSync(file)) throw new UsageError(`--inputs: there is no file ${text}.`);
  if (file.endsWith('.json')) return jsonOf(readWhole(file).toString('utf8'), file);
  const bytes = readWhole(file);
  return (isZip(bytes) ? oneOf(readNpz(bytes, file), name, file) : readNpy(bytes, file)) as tf.FeedValue;
}
/** An array of a file of several. */
function oneOf(arrays: ReadonlyMap<string, tf.NDArray>, name: string | null, file: string): tf.NDArray {
  const [first, ...others] = arrays.values();
  if (name === null && first !== undefined && others.length === 0) return first;
  const names = [...arrays.keys()].map((key) => `${file}[${key}]`).join(', ');
  if (name === null)
    throw new UsageError(
      `Input file ${file} contains more than one ndarrays. Please specify the name of ndarray to use: ${names}.`,
    );
  const found = arrays.get(name);
  if (!found) throw new UsageError(`Input file ${file} does not contain variable with name "${name}": ${names}.`);
  return found;
}
function jsonOf(text: string, where: string): tf.FeedValue {
  let value: tf.FeedValue;
  try {
    value = JSON.parse(text) as tf.FeedValue;
  } catch (error) {
    throw new UsageError(`${where}: it is no JSON: ${errorOf(error).message}`);
  }
  // What is no array is told of with its file.
  for (const each of isNamed(value) ? Object.values(value) : [value]) naming(where, () => toNDArray(each));
  return value;
}
