/** Where layers of `tf.contrib` put their variables and results. */
import { ValueError } from '../base/errors';
import { type Tensor, getDefaultGraph } from '../graph/graph';
import type { Variable } from '../variables/variable';

/** A collection, or several. */
export type Names = string | readonly string[];
/** Collections for variables: for all, or by their names in the layer. */
export type VariablesCollections = readonly string[] | Readonly<Record<string, Names>>;

const ALIASES = new WeakMap<Tensor, string[]>();
/** Puts a result into collections, under the name of its layer. */
export function collectNamedOutputs(collections: Names | undefined, alias: string, outputs: Tensor): Tensor {
  if (!collections?.length) return outputs;
  ALIASES.set(outputs, [...(ALIASES.get(outputs) ?? []), alias.replace(/\/$/, '')]);
  outputs.graph.addToCollections([collections].flat(), outputs);
  return outputs;
}
/** The names by which layers gave a result. */
export const aliasesOf = (tensor: Tensor): readonly string[] =>
  ALIASES.get(tensor) ?? [tensor.valueIndex === 0 ? tensor.op.name : tensor.name];

const isNames = (given: VariablesCollections): given is readonly string[] => Array.isArray(given);
/** The collections for a variable of this name. */
export function collectionsFor(given: VariablesCollections | undefined, name: string): readonly string[] {
  if (!given) return [];
  return isNames(given) ? given : [given[name] ?? []].flat();
}
/** Puts a layer's variable into its collections. */
export function addVariable(variable: Variable | null, given: VariablesCollections | undefined, name: string): void {
  if (!variable) return;
  const graph = getDefaultGraph();
  for (const key of collectionsFor(given, name))
    if (!graph.getCollection<unknown>(key).includes(variable)) graph.addToCollection(key, variable);
}
/** @throws ValueError  for another format */
export function checkFormat(dataFormat: string): 'channels_first' | 'channels_last' {
  if (dataFormat !== 'NCHW' && dataFormat !== 'NHWC')
    throw new ValueError('data_format has to be either NCHW or NHWC.');
  return dataFormat === 'NCHW' ? 'channels_first' : 'channels_last';
}
