/** `tf.train.importMetaGraph`: a graph of a file, with its variables, its other collections and its saver. */
import { bytesToText } from '../../base/bytes';
import { entryOf } from '../../base/keys';
import { naming } from '../../base/thrown';
import { type Args, noteBound, signature } from '../../calls/bind';
import { NotFoundError, TypeError_, ValueError } from '../../base/errors';
import { orNone } from '../../base/none';
import { preview } from '../../base/preview';
import { warn } from '../../base/platform';
import { MetaGraphDef, parsed } from '../../format/meta-graph';
import { type CollectionMessage, QUEUE_RUNNER_DEF, SAVER_DEF, VARIABLE_DEF } from '../../format/messages';
import { condFrom, whileFrom } from '../../flow/context-def';
import type { NodeMessage } from '../../format/node-def';
import { Attr } from '../../format/attr';
import { type Graph, getDefaultGraph } from '../../graph/graph';
import { GraphKeys } from '../../graph/keys';
import { Variable } from '../../variables/variable';
import { QueueRunner } from '../queue-runner';
import { Saver } from '../saver/saver';
import { allSaveables } from '../saver/saveables';
import { type InputMap, importInto, inputsOf } from './import-graph-def';

const files = () => require('../../format/files') as typeof import('../../format/files');

const UNBOUND = 'unbound_inputs';
const VARIABLES: ReadonlySet<string> = new Set([
  GraphKeys.GLOBAL_VARIABLES,
  GraphKeys.LOCAL_VARIABLES,
  GraphKeys.METRIC_VARIABLES,
  GraphKeys.MODEL_VARIABLES,
  GraphKeys.TRAINABLE_VARIABLES,
  GraphKeys.MOVING_AVERAGE_VARIABLES,
  GraphKeys.CONCATENATED_VARIABLES,
]);
type Imported = [
  metaGraphOrFile: MetaGraphDef | string,
  clearDevices?: boolean,
  importScope?: string,
  inputMap?: InputMap,
];
const IMPORT = signature<Imported>('train.import_meta_graph');

/**
 * Adds the graph of a file to the default graph, and rebuilds its collections: its variables are in
 * `tf.globalVariables()`, and what `tf.addToCollection` was given is in `tf.getCollection`.
 *
 *     const w = new tf.Variable([1, 2], { name: 'w' });
 *     sess.run(w.initializer);
 *     const path = new tf.train.Saver().save(sess, `${folder}/model`);
 *     const value = new tf.Graph().asDefault(() => {
 *       const saver = tf.train.importMetaGraph(`${path}.meta`);
 *       const later = new tf.Session();
 *       saver.restore(later, path);
 *       return later.run('w:0');
 *     });
 *     value   // [1, 2]
 *
 * @param metaGraphOrFile  a `tf.MetaGraphDef`, or the path of a file, in bytes or in text
 * @param clearDevices     without the devices that nodes ask for
 * @param importScope      a scope for all names
 * @param inputMap         tensors in the place of others of the graph, by their names there
 * @returns  a saver for the graph's variables; null where it has none
 * @throws NotFoundError  if the file is not there, DataLossError if it is no meta graph
 * @throws ValueError  if types are not registered, or edges do not fit
 */
export function importMetaGraph(...given: Args<'train.import_meta_graph', Imported>): Saver {
  const [metaGraphOrFile, clearDevices = false, importScope, inputMap = {}] = IMPORT.take(given);
  const take = (meta: MetaGraphDef): Saver =>
    imported(meta, { clearDevices, importScope: importScope ?? '', inputMap });
  if (typeof metaGraphOrFile !== 'string') return take(metaGraphOrFile);
  return naming(metaGraphOrFile, () => take(readMetaGraph(metaGraphOrFile)));
}
noteBound(importMetaGraph, 'train.import_meta_graph');
function imported(meta: MetaGraphDef, settings: Settings): Saver {
  if (!(meta instanceof MetaGraphDef))
    throw new TypeError_(`meta_graph_or_file must be a MetaGraphDef or a path, not ${preview(meta)}`);
  const scope = importMeta(getDefaultGraph(), meta, settings);
  if (meta.saverDef) return new Saver({ saverDef: meta.saverDef, name: scope || null });
  const saver = allSaveables(settings.importScope || null).length ? new Saver() : null;
  return orNone(saver, Saver.prototype, 'tf.train.importMetaGraph gives null for a graph without variables.');
}

/** @throws NotFoundError  if there is no file, DataLossError if it is no meta graph */
export function readMetaGraph(path: string): MetaGraphDef {
  if (!files().exists(path))
    throw new NotFoundError(
      null,
      `File ${path} does not exist.` +
        (files().exists(`${path}.meta`) ? `\n  fix: with its ending: '${path}.meta'.` : ''),
    );
  const bytes = files().readWhole(path);
  return parsed(path, "a meta graph is what saver.save() writes beside a checkpoint, as 'model.ckpt-100.meta'", () =>
    MetaGraphDef.fromString(bytes),
  );
}

interface Settings {
  readonly clearDevices: boolean;
  readonly importScope: string;
  readonly inputMap: InputMap;
}
/** @returns  the scope that names got */
function importMeta(graph: Graph, meta: MetaGraphDef, { clearDevices, importScope, inputMap }: Settings): string {
  checkUnbound(meta, inputMap);
  const scope = importScope ? graph.uniqueName(importScope, false) : '';
  const { graphDef } = meta;
  const placed = clearDevices
    ? { ...graphDef, nodes: graphDef.nodes.map((node) => ({ ...node, device: '' })) }
    : graphDef;
  const message = scope ? { ...placed, nodes: placed.nodes.map((node) => inFrame(node, scope)) } : placed;
  importInto(graph, message, {
    name: importScope || scope,
    inputMap,
    producerOpList: meta.metaInfoDef?.strippedOpList ?? null,
  });
  rebuildCollections(graph, meta, scope);
  return scope;
}
/** A loop that comes in under a scope has a frame of its own: it may come in once more. */
function inFrame(node: NodeMessage, scope: string): NodeMessage {
  const frame = node.attr['frame_name'];
  if (typeof frame?.value !== 'string') return node;
  return { ...node, attr: { ...node.attr, frame_name: new Attr('string', `${scope}/${frame.value}`) } };
}
function checkUnbound({ collectionDef }: MetaGraphDef, inputMap: InputMap): void {
  const list = collectionDef.get(UNBOUND);
  const names = [...(list?.bytesList?.value.map(bytesToText) ?? []), ...(list?.nodeList?.value ?? [])];
  const given = new Set(inputsOf(inputMap).map(([name]) => name));
  const missing = names.filter((name) => !given.has(name));
  if (!missing.length) return;
  throw new ValueError(
    `Graph contains unbound inputs: ${missing.join(',')}. Must provide these inputs through input_map.`,
  );
}
/** TRAINABLE_VARIABLES first: what an older file does not say of a variable, being in it does. */
function rebuildCollections(graph: Graph, meta: MetaGraphDef, scope: string): void {
  const keys = [...meta.collectionDef.keys()].sort();
  const first: readonly string[] = keys.filter((key) => key === GraphKeys.TRAINABLE_VARIABLES);
  const saysTrainable = saysWhatIsTrainable(meta.metaInfoDef?.tensorflowVersion ?? '');
  const variables = new Map<string, Variable>();
  for (const key of [...first, ...keys.filter((each) => !first.includes(each))]) {
    if (key === UNBOUND) continue;
    const collection = entryOf(meta.collectionDef, key);
    const { bytesList } = collection;
    if (bytesList && VARIABLES.has(key))
      for (const bytes of bytesList.value) {
        const text = bytesToText(bytes);
        const variable = variables.get(text) ?? variableFrom(bytes, scope, saysTrainable ? null : first.includes(key));
        variables.set(text, variable);
        graph.addToCollection(key, variable);
      }
    else if (bytesList && key === GraphKeys.SAVERS)
      for (const bytes of bytesList.value)
        graph.addToCollection(key, new Saver({ saverDef: SAVER_DEF.read(bytes), name: scope || null }));
    else if (bytesList && key === GraphKeys.QUEUE_RUNNERS)
      for (const bytes of bytesList.value)
        graph.addToCollection(
          key,
          new QueueRunner({ queueRunnerDef: QUEUE_RUNNER_DEF.read(bytes), importScope: scope || null }),
        );
    else if (bytesList && key in CONTEXTS)
      for (const bytes of bytesList.value)
        graph.addToCollection(
          key,
          CONTEXTS[key](graph, bytes, (name) => within(name, scope)),
        );
    else for (const item of itemsOf(graph, key, collection, scope)) graph.addToCollection(key, item);
  }
}
/** Before 1.9 a VariableDef did not say it. */
function saysWhatIsTrainable(version: string): boolean {
  const [major, minor] = version.split('.').map((part) => Number.parseInt(part, 10));
  return !version || Number.isNaN(major) || major > 1 || (major === 1 && (minor ?? 0) >= 9);
}
function variableFrom(bytes: Uint8Array, scope: string, trainable: boolean | null): Variable {
  const { unknown: _, saveSliceInfoDef, ...def } = VARIABLE_DEF.read(bytes);
  const variableDef = trainable === null ? def : { ...def, trainable };
  const variable = new Variable({ variableDef, importScope: scope || null });
  if (saveSliceInfoDef) variable.setSaveSliceInfo(saveSliceInfoDef);
  return variable;
}
const within = (name: string, scope: string): string => (scope ? name.replace(/^(\^|loc:@|)/, `$1${scope}/`) : name);
/** What a collection holds beside variables and savers. */
function itemsOf(
  graph: Graph,
  key: string,
  { nodeList, bytesList, int64List, floatList, anyList }: CollectionMessage,
  scope: string,
): unknown[] {
  if (nodeList) return nodeList.value.map((name) => graph.asGraphElement(within(name, scope)));
  if (bytesList) return bytesList.value.map((bytes) => within(bytesToText(bytes), scope));
  if (int64List) return int64List.value.map((n) => (Number.isSafeInteger(Number(n)) ? Number(n) : n));
  if (floatList) return [...floatList.value];
  if (anyList) return [...anyList.value];
  warn(`Cannot identify data type for collection ${key}. Skipping.`);
  return [];
}
/** Branches and loops, which make what lies in them known as such. */
const CONTEXTS: Readonly<Record<string, typeof condFrom>> = {
  [GraphKeys.COND_CONTEXT]: condFrom,
  [GraphKeys.WHILE_CONTEXT]: whileFrom,
};
