/** `tfjs-session model show`: what a SavedModel has, as TensorFlow's `saved_model_cli` shows it. */
import type * as tf from '../../src';
import { DATA_TYPE, type SignatureMessage } from '../../src/format/messages';
import { KeyError, RuntimeError } from '../../src/base/errors';
import { naming } from '../../src/base/thrown';
import { readSavedModel } from '../../src/format/saved-model';
import type { TensorInfo } from '../../src/saved-model/utils';

export interface ShowFlags {
  readonly all?: boolean;
  readonly tagSet?: string;
  readonly signature?: string;
}
const NAMES = new Map(Object.entries(DATA_TYPE).map(([name, number]) => [number, name]));
export const byKey = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
const tagsOf = (graph: tf.MetaGraphDef): readonly string[] => graph.metaInfoDef?.tags ?? [];
const listed = (a: readonly string[], b: readonly string[]): number => {
  const at = a.findIndex((tag, i) => tag !== b[i]);
  if (at < 0) return a.length - b.length;
  return b[at] === undefined || a[at] > b[at] ? 1 : -1;
};

/** @throws RuntimeError  where no graph has just these tags */
export function graphOf(graphs: readonly tf.MetaGraphDef[], tagSet: string): tf.MetaGraphDef {
  const wanted = new Set(tagSet.split(','));
  const found = graphs.find((graph) => {
    const own = new Set(tagsOf(graph));
    return own.size === wanted.size && [...own].every((tag) => wanted.has(tag));
  });
  if (found) return found;
  throw new RuntimeError(
    `MetaGraphDef associated with tag-set ${tagSet} could not be found in SavedModel. There ` +
      `${graphs.length === 1 ? 'is' : 'are'}: ${graphs.map((graph) => tagsOf(graph).join(',')).join('; ')}.`,
  );
}
/** @throws KeyError  where the graph has no signature of that name */
export function signatureOf(graph: tf.MetaGraphDef, key: string): SignatureMessage {
  const found = graph.signatureDef.get(key);
  if (found) return found;
  const known = byKey(graph.signatureDef).map(([name]) => `"${name}"`);
  throw new KeyError(
    `There is no signature "${key}". There ${known.length === 1 ? 'is' : 'are'}: ${known.join(', ') || 'none'}.`,
  );
}
export function show(folder: string, flags: ShowFlags): void {
  process.stdout.write(`${naming(folder, () => shown(readSavedModel(folder), flags)).join('\n')}\n`);
}
function shown(graphs: readonly tf.MetaGraphDef[], { all = false, tagSet, signature }: ShowFlags): string[] {
  const sorted = [...graphs].sort((a, b) => listed(tagsOf(a), tagsOf(b)));
  if (all)
    return sorted.flatMap((graph) => [
      `\nMetaGraphDef with tag-set: '${tagsOf(graph).join(', ')}' contains the following SignatureDefs:`,
      ...byKey(graph.signatureDef).flatMap(([key, each]) => [
        `\nsignature_def['${key}']:`,
        ...signatureLines(each, '  '),
      ]),
    ]);
  if (tagSet === undefined)
    return [
      'The given SavedModel contains the following tag-sets:',
      ...sorted.map((graph) => [...tagsOf(graph)].sort().join(', ')),
    ];
  const graph = graphOf(graphs, tagSet);
  if (signature !== undefined) return signatureLines(signatureOf(graph, signature), '');
  return [
    'The given SavedModel MetaGraphDef contains SignatureDefs with the following keys:',
    ...byKey(graph.signatureDef).map(([key]) => `SignatureDef key: "${key}"`),
  ];
}
function signatureLines({ inputs, outputs, methodName }: SignatureMessage, indent: string): string[] {
  const lines = (kind: string, infos: ReadonlyMap<string, TensorInfo>): string[] =>
    byKey(infos).flatMap(([key, info]) => [`  ${kind}['${key}'] tensor_info:`, ...infoLines(info)]);
  return [
    'The given SavedModel SignatureDef contains the following input(s):',
    ...lines('inputs', inputs),
    'The given SavedModel SignatureDef contains the following output(s):',
    ...lines('outputs', outputs),
    `Method name is: ${methodName}`,
  ].map((line) => indent + line);
}
function infoLines({ dtype, tensorShape, name }: TensorInfo): string[] {
  const sizes = (tensorShape?.dim ?? []).map(({ size }) => String(size)).join(', ');
  return [
    `      dtype: ${NAMES.get(dtype) ?? dtype}`,
    `      shape: ${tensorShape?.unknownRank ? 'unknown_rank' : `(${sizes})`}`,
    `      name: ${name ?? ''}`,
  ];
}
