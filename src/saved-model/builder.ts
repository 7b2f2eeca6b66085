/** `tf.savedModel.Builder`: graphs with their variables and files, as a folder that is served. */

import { isList } from '../base/border';
import { AssertionError, KeyError, TypeError_, ValueError } from '../base/errors';
import { tell } from '../base/logging';
import { entriesOf } from '../base/mapping';
import { preview } from '../base/preview';
import { type Args, constructorOf, signature } from '../calls/bind';
import { ANY, ASSET_FILE_DEF, META_INFO_DEF, type SignatureMessage, TENSOR_INFO } from '../format/messages';
import type { MetaGraphDef } from '../format/meta-graph';
import { getDefaultGraph, Operation, type Tensor } from '../graph/graph';
import type { Runner } from '../train/saver/arguments';
import { allSaveables } from '../train/saver/saveables';
import { Saver } from '../train/saver/saver';
import { assetPath, copyAssets, nameForAsset } from './assets';
import * as constants from './constants';
import type { Named } from './signature-def-utils';
import type { TensorInfo } from './utils';

const files = () => require('../format/saved-model') as typeof import('../format/saved-model');

type Settings = [
  signatureDefMap?: Named<SignatureMessage>,
  assetsCollection?: readonly Tensor[],
  legacyInitOp?: Operation,
  clearDevices?: boolean,
  mainOp?: Operation,
  stripDefaultAttrs?: boolean,
  saver?: Saver,
];
type Added = [tags: Iterable<string>, ...Settings];
type AddedWith = [sess: Runner, tags: Iterable<string>, ...Settings];
const BUILDER = constructorOf<[exportDir: string]>('saved_model.Builder');
const ADD = signature<Added>('saved_model.Builder.add_meta_graph');
const ADD_WITH = signature<AddedWith>('saved_model.Builder.add_meta_graph_and_variables');
const SAVE = signature<[asText?: boolean]>('saved_model.Builder.save');

/**
 * Builds a SavedModel: a folder with graphs, the variables that they share, and the files that they read, which
 * TensorFlow loads and serves. The graphs are told apart by their tags.
 *
 *     const x = tf.placeholder(tf.float32, [null], { name: 'x' });
 *     const y = tf.multiply(x, new tf.Variable(3));
 *     sess.run(tf.globalVariablesInitializer());
 *     const builder = new tf.savedModel.Builder(`${folder}/model`);
 *     builder.addMetaGraphAndVariables(sess, [tf.savedModel.SERVING], {
 *       signatureDefMap: { triple: tf.savedModel.predictSignatureDef({ x }, { y }) },
 *     });
 *     builder.save() === `${folder}/model/saved_model.pb`   // true
 */
export class Builder {
  private readonly exportDir: string;
  private readonly metaGraphs: MetaGraphDef[] = [];
  private hasSavedVariables = false;
  /**
   * @param exportDir  a folder that is empty, or not there yet
   * @throws AssertionError  if something is in it
   */
  constructor(...given: Args<'saved_model.Builder', [exportDir: string]>) {
    [this.exportDir] = BUILDER.take(given);
    if (!files().isEmptyFolder(this.exportDir))
      throw new AssertionError(
        "Export directory already exists, and isn't empty. Please choose a different export directory, or delete all " +
          `the contents of the specified directory: ${this.exportDir}`,
      );
    files().makeFolders(this.exportDir);
  }
  /**
   * Adds the session's graph, and writes the variables: once, before all other graphs.
   *
   * @param sess               a session in which the variables have values
   * @param tags               what the graph is found by: names of `tf.savedModel.tagConstants`, or others
   * @param signatureDefMap    what may be asked of the graph, by name
   * @param assetsCollection   constants of the paths of files that belong to the model, and are copied into it
   * @param legacyInitOp       an older name of `mainOp`
   * @param clearDevices       without the devices that nodes ask for
   * @param mainOp             an operation that is run after the variables are restored
   * @param stripDefaultAttrs  without attributes that hold their defaults: older programs read it
   * @param saver              what saves and restores the variables; one for all of them where not given
   * @throws AssertionError  the second time, and for signatures whose tensors have no name or dtype
   * @throws KeyError        for a name of signatures that is taken
   * @throws ValueError      if the graph has a main op already
   * @throws TypeError       if `mainOp` is no operation, or a file's path is no constant
   */
  addMetaGraphAndVariables(...given: Args<'saved_model.Builder.add_meta_graph_and_variables', AddedWith>): void {
    const [sess, ...rest] = ADD_WITH.take(given);
    if (this.hasSavedVariables)
      throw new AssertionError(
        'Graph state including variables and assets has already been saved. Please invoke `add_meta_graph()` instead.',
      );
    sess.graph.asDefault(() => {
      const metaGraph = this.add(rest, (saver) => {
        files().makeFolder(this.exportDir, constants.VARIABLES_DIRECTORY);
        const path = files().variablesPath(this.exportDir);
        saver.save(sess, path, { writeMetaGraph: false, writeState: false });
      });
      this.metaGraphs.push(metaGraph);
    });
    this.hasSavedVariables = true;
  }
  /**
   * Adds the default graph, which shares the variables that are written.
   *
   * @param tags               what the graph is found by
   * @param signatureDefMap    what may be asked of the graph, by name
   * @param assetsCollection   constants of the paths of files, which are among those of the first graph
   * @param legacyInitOp       an older name of `mainOp`
   * @param clearDevices       without the devices that nodes ask for
   * @param mainOp             an operation that is run after the variables are restored
   * @param stripDefaultAttrs  without attributes that hold their defaults
   * @param saver              what restores the variables; one for all of them where not given
   * @throws AssertionError  before the variables are written
   */
  addMetaGraph(...given: Args<'saved_model.Builder.add_meta_graph', Added>): void {
    const settings = ADD.take(given);
    if (!this.hasSavedVariables)
      throw new AssertionError(
        'Graph state including variables and assets has not been saved yet. Please invoke ' +
          '`add_meta_graph_and_variables()` first.',
      );
    this.metaGraphs.push(this.add(settings, null));
  }
  /**
   * Writes the file of the graphs, whole or not at all.
   *
   * @param asText  text (`saved_model.pbtxt`) in the place of bytes, to be looked at
   * @returns  its path
   */
  save(...given: Args<'saved_model.Builder.save', [asText?: boolean]>): string {
    const [asText = false] = SAVE.take(given);
    files().makeFolders(this.exportDir);
    const path = files().writeSavedModel(this.exportDir, this.metaGraphs, asText);
    tell('INFO', `SavedModel written to: ${path}`);
    return path;
  }

  private add([given, ...settings]: Added, write: ((saver: Saver) => void) | null): MetaGraphDef {
    const [signatureDefMap, assets, legacyInitOp, clearDevices = false, main, stripDefaultAttrs = false, own] =
      settings;
    const tags = tagsIn(given);
    const signatures = new Map(
      entriesOf<SignatureMessage>(signatureDefMap ?? {}, 'signature_def_map must map strings to SignatureDefs.'),
    );
    checkSignatures(signatures);
    this.addAssets(assets ?? []);
    addMainOp(main ?? legacyInitOp ?? null);
    const saver = own ?? new Saver({ varList: allSaveables(), sharded: true, writeVersion: 2, allowEmpty: true });
    write?.(saver);
    const metaGraph = saver.exportMetaGraph({ clearDevices, stripDefaultAttrs });
    metaGraph.metaInfoDef = META_INFO_DEF.make({ ...metaGraph.metaInfoDef, tags });
    metaGraph.signatureDef = signatures;
    return metaGraph;
  }
  private addAssets(assets: readonly Tensor[]): void {
    if (!isList(assets)) throw new TypeError_(`assets_collection must be a list of tensors, not ${preview(assets)}`);
    const sources = new Map<string, string>();
    for (const tensor of assets) {
      const source = assetPath(tensor);
      if (!source) throw new ValueError(`Invalid asset filepath tensor ${String(tensor)}`);
      const filename = nameForAsset(source, sources);
      const asset = ASSET_FILE_DEF.write({ filename, tensorInfo: TENSOR_INFO.make({ name: tensor.name }) });
      const any = ANY.make({ typeUrl: 'type.googleapis.com/tensorflow.AssetFileDef', value: asset });
      getDefaultGraph().addToCollection(constants.ASSETS_KEY, any);
      sources.set(filename, source);
    }
    if (sources.size) copyAssets(sources, this.exportDir);
    else tell('INFO', 'No assets to write.');
  }
}
function tagsIn(tags: Iterable<string>): string[] {
  const list = spread(tags);
  if (list?.every((tag) => typeof tag === 'string')) return list;
  throw new TypeError_(`tags must be a list of strings, not ${preview(tags)}`);
}
/** What a list or a set holds; null for what is none, whatever it says. */
function spread<T>(given: Iterable<T>): T[] | null {
  try {
    return typeof given === 'object' ? [...given] : null;
  } catch {
    return null;
  }
}
function addMainOp(op: Operation | null): void {
  if (op === null) return;
  if (!(op instanceof Operation)) throw new TypeError_(`main_op needs to be an Operation: ${preview(op)}`);
  const graph = getDefaultGraph();
  for (const key of [constants.MAIN_OP_KEY, constants.LEGACY_INIT_OP_KEY])
    if (graph.getCollection(key).length)
      throw new ValueError(`Graph already contains one or more main ops under the collection ${key}.`);
  graph.addToCollection(constants.MAIN_OP_KEY, op);
}
/** Names of signatures that TensorFlow keeps operations under. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['__saved_model_init_op', 'initialization'],
  ['__saved_model_train_op', 'the train op'],
]);
function checkSignatures(signatures: ReadonlyMap<string, SignatureMessage>): void {
  for (const [key, signature] of signatures) {
    if (!(signature?.inputs instanceof Map && signature.outputs instanceof Map))
      throw new TypeError_(
        `signature_def_map must map strings to SignatureDefs, not ${preview(key)} to ${preview(signature)}` +
          '\n  fix: tf.savedModel.signatureDefUtils makes them.',
      );
    for (const info of [...signature.inputs.values(), ...signature.outputs.values()]) checkInfo(info);
  }
  for (const [key, use] of RESERVED)
    if (signatures.has(key))
      throw new KeyError(`SignatureDef map key "${key}" is reserved for ${use}. Please use a different key.`);
}
function checkInfo(info: TensorInfo | null): void {
  const all = 'All TensorInfo protos used in the SignatureDefs must have';
  if (!info) throw new AssertionError(`${all} the name and dtype fields set.`);
  if (typeof info.name !== 'string' && !info.cooSparse && !info.unknown?.length)
    throw new AssertionError(`${all} one of the 'encoding' fields (e.g., name or coo_sparse) set: ${text(info)}`);
  if (!info.dtype && !info.unknown?.length) throw new AssertionError(`${all} the dtype field set: ${text(info)}`);
}
const text = (info: TensorInfo): string => files().tensorInfoText(info);
