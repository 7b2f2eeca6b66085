/** `tf.importGraphDef`: the nodes of a message in a graph. */
import { checkList } from '../../base/border';
import { kindOfArray } from '../../base/typed-array';
import { TypeError_, ValueError } from '../../base/errors';
import { entriesOf } from '../../base/mapping';
import { preview } from '../../base/preview';
import { checkGraph } from '../../format/graph-def';
import { bound } from '../../calls/bind';
import { readOpList } from '../../format/function-def';
import type { GraphMessage } from '../../format/graphdef';
import { type TensorLike, convertToTensor } from '../../graph/constant';
import { type Graph, type Operation, Tensor, getDefaultGraph } from '../../graph/graph';
import { type Imported, importNodes } from '../../graph/import';
import { Trace } from '../../graph/trace';
import { withoutNewDefaults } from './op-list';

/** Tensors of the graph in the place of others of the message, by their names there: `x:0`. */
export type InputMap = Readonly<Record<string, TensorLike>> | ReadonlyMap<string, TensorLike>;
export function inputsOf(map: InputMap): [string, TensorLike][] {
  return entriesOf(map, 'input_map must be a dictionary mapping strings to Tensor objects.');
}

/**
 * Adds the nodes and functions of a graph's message to the default graph.
 *
 *     const graph = new tf.Graph();
 *     graph.asDefault(() => tf.square(tf.placeholder(tf.float32, [], { name: 'x' }), { name: 'y' }));
 *     const [y] = tf.importGraphDef(graph.asGraphDef(), {
 *       inputMap: { 'x:0': tf.constant(3) },
 *       returnElements: ['y:0'],
 *       name: 'copy',
 *     });
 *     y.name   // 'copy/y:0'
 *     y        // 9
 *
 * Ops that have no kernel here come in as well: what needs one says so when it is run.
 *
 * @param graphDef        a `tf.GraphDef`
 * @param inputMap        tensors that take the place of others of the message, by their names there
 * @param returnElements  names of operations (`y`) and tensors (`y:0`) of the message
 * @param name            a scope for the nodes' names, `import` where not given; '' for none
 * @param producerOpList  the op definitions of the program that made the message (bytes of an OpList): what is newer
 *   than those here is left out, where it holds its default
 * @returns  what `returnElements` names; null where it names nothing
 * @throws ValueError  if types are not registered, edges do not fit, or a name is not there
 * @throws TypeError   for what is no message
 */
export const importGraphDef = bound('import_graph_def', importDef);
function importDef(
  graphDef: GraphMessage,
  inputMap: InputMap = {},
  returnElements?: readonly string[],
  name?: string,
  _opDict?: null,
  producerOpList?: Uint8Array,
): (Operation | Tensor)[] {
  if (returnElements !== undefined) checkList(returnElements, 'return_elements');
  const imported = importInto(getDefaultGraph(), graphDef, { inputMap, name, producerOpList });
  return (returnElements ?? []).map((element) => elementOf(imported, element));
}

export interface ImportSettings {
  readonly inputMap?: InputMap;
  readonly name?: string;
  readonly producerOpList?: Uint8Array | null;
}
/** The same, and what came of it. */
export function importInto(graph: Graph, message: GraphMessage, settings: ImportSettings): Imported {
  checkGraph(message);
  const trace = new Trace(importInto);
  return graph.asDefault(() =>
    graph.nameScope(settings.name ?? 'import', (scope) => {
      const tensors = tensorsIn(graph, settings.inputMap ?? {}, scope);
      const imported = importNodes(graph, known(message, settings.producerOpList ?? null), {
        prefix: scope,
        inputMap: tensors,
        trace,
        uniquify: true,
      });
      if (imported.unused.length)
        throw new ValueError(
          `Attempted to map inputs that were not found in graph_def: [${imported.unused.join(', ')}]`,
        );
      return imported;
    }),
  );
}
/** The tensors of a map, made where they are no tensors yet. */
function tensorsIn(graph: Graph, map: InputMap, scope: string): Record<string, Tensor> {
  const entries = inputsOf(map);
  if (entries.every((entry): entry is [string, Tensor] => entry[1] instanceof Tensor))
    return Object.fromEntries(entries);
  if (!scope)
    throw new ValueError(
      'tf.import_graph_def() requires a non-empty `name` if `input_map` contains non-Tensor values. Try calling ' +
        'tf.convert_to_tensor() on `input_map` values before calling tf.import_graph_def().',
    );
  return graph.nameScope('_inputs', () =>
    Object.fromEntries(entries.map(([key, value]) => [key, convertToTensor(value)])),
  );
}
/** A message without attributes that are newer than the definitions here and say nothing. */
function known(message: GraphMessage, producerOpList: Uint8Array | null): GraphMessage {
  if (producerOpList === null) return message;
  if (kindOfArray(producerOpList) !== 'Uint8Array')
    throw new TypeError_(`producer_op_list must be the bytes of an OpList.\n  got ${preview(producerOpList)}`);
  if (!producerOpList.length) return message;
  const producer = new Map(readOpList(producerOpList).map((op) => [op.name, op]));
  return { ...message, nodes: message.nodes.map((node) => withoutNewDefaults(node, producer)) };
}
function elementOf({ find }: Imported, element: string): Operation | Tensor {
  if (typeof element !== 'string')
    throw new TypeError_(`Argument \`return_elements\` must be a list of names, not one of ${preview(element)}.`);
  const [, name, index] = /^([^:]*)(?::(\d+))?$/.exec(element) ?? [];
  const op = name === undefined ? undefined : find(name);
  if (!op)
    throw new ValueError(
      `Requested return ${index === undefined ? 'node' : 'tensor'} '${element}' not found in graph def`,
    );
  if (index === undefined) return op;
  const tensor = op.outputs[Number(index)];
  if (tensor) return tensor;
  throw new ValueError(`Invalid return output ${index} of node '${name}', which has ${op.outputs.length} output(s)`);
}
