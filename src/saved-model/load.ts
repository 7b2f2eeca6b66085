/** `tf.savedModel.load`: a SavedModel in a session. */
import { KeyError, NotFoundError, RuntimeError } from '../base/errors';
import { naming } from '../base/thrown';
import { tell } from '../base/logging';
import { bound } from '../calls/bind';
import type { MetaGraphDef } from '../format/meta-graph';
import type { Graph, Operation, Tensor } from '../graph/graph';
import type { InputMap } from '../train/graphs/import-graph-def';
import { importMetaGraph } from '../train/graphs/import-meta-graph';
import type { Runner } from '../train/saver/arguments';
import { allSaveables } from '../train/saver/saveables';
import { assetFeeds } from './assets';
import { LEGACY_INIT_OP_KEY, MAIN_OP_KEY } from './constants';
import { inScope } from './utils';

const files = () => require('../format/saved-model') as typeof import('../format/saved-model');

/**
 * Loads a graph of a SavedModel into a session: adds its nodes, restores its variables, and runs its main op.
 *
 *     const x = tf.placeholder(tf.float32, [null], { name: 'x' });
 *     tf.savedModel.simpleSave(sess, `${folder}/model`, { x }, { y: tf.square(x) });
 *     const later = new tf.Session({ graph: new tf.Graph() });
 *     const { signatureDef } = tf.savedModel.load(later, ['serve'], `${folder}/model`);
 *     const { inputs, outputs } = signatureDef.get('serving_default')!;
 *     later.run(outputs.get('y')!.name!, { [inputs.get('x')!.name!]: [3] })   // [9]
 *
 * @param sess          a session, whose graph gets the nodes
 * @param tags          all tags of the graph that is meant
 * @param exportDir     the folder
 * @param importScope   a scope for all names
 * @param clearDevices  without the devices that nodes ask for
 * @param inputMap      tensors in the place of others of the graph, by their names there
 * @returns  a `tf.MetaGraphDef`, which has the signatures
 * @throws RuntimeError             if no graph has just these tags
 * @throws NotFoundError            if the folder or its variables are not there
 * @throws DataLossError            if the files are damaged
 * @throws FailedPreconditionError  if a path leads out of the folder
 */
export const load = bound('saved_model.load', loaded);
function loaded(
  sess: Runner,
  tags: Iterable<string>,
  exportDir: string,
  importScope?: string,
  clearDevices?: boolean,
  inputMap?: InputMap,
): MetaGraphDef {
  return naming(exportDir, () => {
    const meta = withTags(files().readSavedModel(exportDir), tags);
    loadMeta(sess, meta, exportDir, { clearDevices, importScope, inputMap });
    return meta;
  });
}
interface Settings {
  readonly clearDevices?: boolean;
  readonly importScope?: string;
  readonly inputMap?: InputMap;
}
function loadMeta(sess: Runner, meta: MetaGraphDef, exportDir: string, settings: Settings): void {
  const { graph } = sess;
  const scope = settings.importScope ?? null;
  const feeds = assetFeeds(exportDir, meta, scope);
  graph.asDefault(() => {
    const saver = importMetaGraph(meta, settings);
    if (saver === null && !allSaveables(scope).length)
      tell('INFO', 'The specified SavedModel has no variables; no checkpoints were restored.');
    else if (saver) {
      files().checkVariables(exportDir);
      saver.restore(sess, files().variablesPath(exportDir));
    }
    const init = initOf(graph, meta, scope);
    if (init) sess.run(init, feeds);
  });
}
/** The graph of a model that has just these tags. */
export function withTags(metaGraphs: readonly MetaGraphDef[], tags: Iterable<string>): MetaGraphDef {
  const wanted = new Set(tags);
  const found = metaGraphs.find(({ metaInfoDef }) => {
    const own = new Set(metaInfoDef?.tags);
    return own.size === wanted.size && [...own].every((tag) => wanted.has(tag));
  });
  if (found) return found;
  const quoted = (each: Iterable<string>): string => [...each].map((tag) => `'${tag}'`).join(', ');
  const sets = metaGraphs.map(({ metaInfoDef }) => {
    const own = new Set(metaInfoDef?.tags);
    return own.size ? `{${quoted(own)}}` : 'set()';
  });
  throw new RuntimeError(
    `MetaGraphDef associated with tags ${typeof tags === 'string' ? tags : quoted(tags)} could not be found in ` +
      'SavedModel. To inspect available tag-sets in the SavedModel, please use the SavedModel CLI: ' +
      `\`saved_model_cli\`\navailable_tags: [${sets.join(', ')}]` +
      (typeof tags === 'string' ? `\n  fix: tags are a list: ['${tags}'].` : ''),
  );
}
const INIT = '__saved_model_init_op';
/** What is run after the variables are restored: a signature of TensorFlow 2 has it, or a collection. */
function initOf(graph: Graph, { signatureDef, collectionDef }: MetaGraphDef, scope: string | null): Fetch | null {
  const name = signatureDef.get(INIT)?.outputs.get(INIT)?.name;
  if (name) return element(graph, inScope(name, scope));
  for (const key of [MAIN_OP_KEY, LEGACY_INIT_OP_KEY]) {
    const list = collectionDef.get(key)?.nodeList?.value;
    if (!list) continue;
    if (list.length !== 1)
      throw new RuntimeError(
        `Expected exactly one SavedModel init op. Found: [${list.map((each) => `'${each}'`).join(', ')}]`,
      );
    return element(graph, inScope(list[0], scope));
  }
  return null;
}
type Fetch = Operation | Tensor;
function element(graph: Graph, name: string): Fetch {
  try {
    return graph.asGraphElement(name);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new NotFoundError(
      null,
      `The ${INIT} could not be found in the graph. Please make sure the SavedModel was created by the internal ` +
        '_SavedModelBuilder. If you are using the public API, please make sure the SignatureDef in the SavedModel ' +
        `does not contain the key "${INIT}".`,
    );
  }
}
/**
 * Whether a folder has the file of a SavedModel.
 *
 *     tf.savedModel.maybeSavedModelDirectory(folder)   // false
 *
 * @param exportDir  a folder
 * @returns  whether there is a `saved_model.pb` or a `saved_model.pbtxt`
 * @throws TypeError  if it is no path
 */
export const maybeSavedModelDirectory = bound('saved_model.maybe_saved_model_directory', (exportDir: string): boolean =>
  files().hasSavedModel(exportDir),
);
/**
 * The same as `tf.savedModel.maybeSavedModelDirectory`.
 *
 *     tf.savedModel.containsSavedModel(folder)   // false
 *
 * @param exportDir  a folder
 * @returns  whether there is a `saved_model.pb` or a `saved_model.pbtxt`
 * @throws TypeError  if it is no path
 */
export const containsSavedModel = bound('saved_model.contains_saved_model', (exportDir: string): boolean =>
  files().hasSavedModel(exportDir),
);
