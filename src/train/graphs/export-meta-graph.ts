/** A graph with its collections and its saver, as a message and as a file that TensorFlow imports. */
import { bound } from '../../calls/bind';
import { checkGraph } from '../../format/graph-def';
import type { GraphMessage } from '../../format/graphdef';
import { writeOpList } from '../../format/function-def';
import { MetaGraphDef, type MetaInfo } from '../../format/meta-graph';
import { META_INFO_DEF, SAVER_DEF } from '../../format/messages';
import type { NodeMessage } from '../../format/node-def';
import { Attr, isOfKind } from '../../format/attr';
import { type Graph, getDefaultGraph } from '../../graph/graph';
import { collectionMessage } from '../saver/collections';
import type { SaverDef } from '../saver/nodes';
import { opsOf, withoutDefaults } from './op-list';

const files = () => require('../../format/files') as typeof import('../../format/files');

/** The release whose graphs these are. */
const VERSION = '1.15.5';
/** What a part of a graph reads and does not have. */
const UNBOUND = 'unbound_inputs';
const UNBOUND_PREFIX = '$unbound_inputs_';

/** What an export takes, beside what its name is. */
export interface ExportSettings {
  readonly filename?: string | null;
  readonly metaInfoDef?: Partial<MetaInfo> | null;
  readonly graphDef?: GraphMessage | null;
  readonly saverDef?: SaverDef | null;
  readonly collectionList?: readonly string[] | null;
  readonly asText?: boolean | null;
  readonly graph?: Graph | null;
  readonly exportScope?: string | null;
  readonly clearDevices?: boolean | null;
  readonly clearExtraneousSavers?: boolean | null;
  readonly stripDefaultAttrs?: boolean | null;
}

/**
 * The default graph with its collections, as a message; and as a file, where one is named.
 *
 *     const w = new tf.Variable(1, { name: 'w' });
 *     const meta = tf.train.exportMetaGraph({ filename: `${folder}/model.meta` });
 *     [...meta.collectionDef.keys()]   // ['variables', 'trainable_variables']
 *
 * @param filename               where it is written
 * @param metaInfoDef            what is said of it: tags, and so on
 * @param graphDef               a message in the place of the graph's own
 * @param saverDef               the names of a saver's nodes
 * @param collectionList         the names of the collections that go along; all where not given
 * @param asText                 writes text in the place of bytes
 * @param graph                  the graph; the default one where not given
 * @param exportScope            only what is in this scope of names, without it; what nodes read from outside must be
 *   given to the import
 * @param clearDevices           without the devices that nodes ask for
 * @param clearExtraneousSavers  without the nodes of other savers
 * @param stripDefaultAttrs      without attributes that hold their defaults: older programs read it
 * @returns  a `tf.MetaGraphDef`
 * @throws ValueError  for 2 GB and more
 */
export const exportMetaGraph = bound('train.export_meta_graph', exported);
function exported(
  filename?: string,
  metaInfoDef?: Partial<MetaInfo>,
  graphDef?: GraphMessage,
  saverDef?: SaverDef,
  collectionList?: readonly string[],
  asText?: boolean,
  graph?: Graph,
  exportScope?: string,
  clearDevices?: boolean,
  clearExtraneousSavers?: boolean,
  stripDefaultAttrs?: boolean,
  _saveDebugInfo?: null,
): MetaGraphDef {
  const settings = { filename, metaInfoDef, graphDef, saverDef, collectionList, asText, graph, exportScope };
  return metaGraphOf({ ...settings, clearDevices, clearExtraneousSavers, stripDefaultAttrs });
}
/** The same, for what builds on it. */
export function metaGraphOf(settings: ExportSettings): MetaGraphDef {
  const { filename, saverDef = null, stripDefaultAttrs = false, asText = false } = settings;
  const graph = settings.graph ?? getDefaultGraph();
  const scope = settings.exportScope?.replace(/\/$/, '') || null;
  const whole = settings.graphDef ?? graph.asGraphDef({ addShapes: true });
  checkGraph(whole);
  const excluded = settings.clearExtraneousSavers ? nodesOfOtherSavers(whole, saverDef) : new Set<string>();
  const part = new Part(scope, excluded, settings.clearDevices ?? false);
  const nodes = whole.nodes.filter(({ name }) => part.has(name)).map((node) => part.node(node));
  const graphDef = { ...whole, nodes: stripDefaultAttrs ? nodes.map(withoutDefaults) : nodes };
  const isCut = scope !== null || excluded.size > 0 || (settings.clearDevices ?? false);
  if (isCut) {
    graph.clearCollection(UNBOUND);
    for (const input of new Set(part.unbound)) graph.addToCollection(UNBOUND, input);
  }
  const meta = new MetaGraphDef({
    metaInfoDef: META_INFO_DEF.make({
      ...settings.metaInfoDef,
      strippedOpList: writeOpList(opsOf(graphDef)),
      tensorflowVersion: VERSION,
      tensorflowGitVersion: 'unknown',
      strippedDefaultAttrs: stripDefaultAttrs ?? false,
    }),
    graphDef,
    saverDef: saverDef && SAVER_DEF.make(saverDef),
    collectionDef: collectionsOf(graph, settings.collectionList ?? graph.getAllCollectionKeys(), part, scope),
  });
  if (filename) write(filename, meta, asText ?? false);
  return meta;
}
function write(filename: string, meta: MetaGraphDef, asText: boolean): void {
  files().removeLeft(filename);
  files().writeWhole(filename, asText ? meta.toString() : meta.serializeToString());
}
function collectionsOf(graph: Graph, keys: readonly string[], part: Part, scope: string | null) {
  return new Map(
    keys.flatMap((key) => {
      const items = graph.getCollection(key).filter((item) => part.has(nameOf(item)));
      const made = collectionMessage(items, key, scope);
      return made ? [[key, made] as const] : [];
    }),
  );
}
/** What an item of a collection is called; null for what has no name, which stays. */
function nameOf(item: unknown): string | null {
  if (typeof item === 'string') return item;
  const name: unknown = typeof item === 'object' && item !== null && 'name' in item ? item.name : null;
  return typeof name === 'string' ? name : null;
}

/** What of a graph is exported, and how its nodes are called there. */
class Part {
  /** What its nodes read and it does not have. */
  readonly unbound: string[] = [];
  constructor(
    private readonly scope: string | null,
    private readonly excluded: ReadonlySet<string>,
    private readonly clearDevices: boolean,
  ) {}
  has(name: string | null): boolean {
    if (name === null) return true;
    if (this.excluded.has(name)) return false;
    return name.startsWith(UNBOUND_PREFIX) || this.scope === null || name.startsWith(this.scope);
  }
  private strip(name: string): string {
    return this.scope === null ? name : name.replace(new RegExp(`^(\\^|loc:@|)${escaped(this.scope)}/+`), '$1');
  }
  node(node: NodeMessage): NodeMessage {
    if (this.scope === null) return this.clearDevices ? { ...node, device: '' } : node;
    const scope = this.scope;
    const input = node.input.map((from) => {
      if (from.replace(/^\^/, '').startsWith(scope)) return this.strip(from);
      const renamed = from.replace(/^(\^?)/, `$1${UNBOUND_PREFIX}`);
      this.unbound.push(renamed);
      return renamed;
    });
    const attr = Object.fromEntries(
      Object.entries(node.attr).map(([key, each]) => [key, this.attr(node.op, key, each)]),
    );
    return { ...node, name: this.strip(node.name), input, attr, device: this.clearDevices ? '' : node.device };
  }
  private attr(op: string, key: string, attr: Attr): Attr {
    const { value } = attr;
    const { scope } = this;
    if (key === '_class' && isOfKind(value, 'list(string)'))
      return new Attr(
        'list(string)',
        value.filter((group) => (group.split('@')[1] ?? '').startsWith(scope ?? '')).map((group) => this.strip(group)),
      );
    if (key === 'frame_name' && /^(Ref)?Enter$/.test(op) && typeof value === 'string')
      return new Attr('string', this.strip(value));
    return attr;
  }
}
function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

const SAVES = new Set(['SaveV2', 'Save', 'SaveSlices', 'RestoreV2', 'Restore', 'RestoreSlice']);
const scopeOf = (name: string): string => name.replace(/^\^/, '').replace(/\/?[^/]*$/, '');
/** The nodes in the scopes of savers other than one. */
function nodesOfOtherSavers({ nodes }: GraphMessage, saverDef: SaverDef | null): Set<string> {
  const own = saverDef ? [saverDef.saveTensorName.replace(/:\d+$/, ''), saverDef.restoreOpName].map(scopeOf) : [];
  const scopes = new Set(nodes.filter(({ op }) => SAVES.has(op)).map(({ name }) => scopeOf(name)));
  for (const scope of own) scopes.delete(scope);
  return new Set(
    nodes.map(({ name }) => name).filter((name) => [...scopes].some((scope) => name.startsWith(`${scope}/`))),
  );
}
