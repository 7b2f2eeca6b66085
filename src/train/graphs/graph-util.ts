/**
 * `tf.graphUtil`: graphs as messages, cut, frozen, and thawed.
 *
 * @module
 */
import { checkList, worded } from '../../base/border';
import { int32, string } from '../../base/dtype';
import { AssertionError, TypeError_ } from '../../base/errors';
import { NDArray } from '../../base/ndarray';
import { append } from '../../base/room';
import type { TensorShape } from '../../base/shape';
import { bound } from '../../calls/bind';
import { GraphDef, checkGraph } from '../../format/graph-def';
import type { GraphMessage } from '../../format/graphdef';
import type { MetaGraphDef } from '../../format/meta-graph';
import type { NodeMessage } from '../../format/node-def';
import type { Attr } from '../../format/attr';
import { Graph, Operation, type Tensor } from '../../graph/graph';
import { checkSession } from '../../graph/runner';
import { Variable } from '../../variables/variable';
import { metaGraphOf } from './export-meta-graph';
import { freeze } from './freeze';
import { importInto } from './import-graph-def';

/** What TensorFlow's sentence here calls a graph's message. */
const PROTO = 'graph_pb2.GraphDef';
const nameOf = (input: string): string => (input.startsWith('^') ? input.slice(1) : input.split(':')[0]);

/**
 * The part of a graph that some of its nodes need.
 *
 *     tf.add(tf.constant(1, { name: 'a' }), tf.constant(2, { name: 'b' }), { name: 'c' });
 *     const def = tf.graphUtil.extractSubGraph(tf.getDefaultGraph().asGraphDef(), ['a']);
 *     def.node.map(({ name }) => name)   // ['a']
 *
 * @param graphDef   a `tf.GraphDef`
 * @param destNodes  names of nodes
 * @returns  a GraphDef of those nodes and all that they read or wait for, or stand beside
 * @throws TypeError       for anything but a GraphDef and a list of names
 * @throws AssertionError  for a name that is not in the graph
 */
export const extractSubGraph = bound('graph_util.extract_sub_graph', subGraph);
function subGraph(graphDef: GraphMessage, destNodes: readonly string[]): GraphDef {
  checkGraph(graphDef, PROTO);
  if (typeof destNodes === 'string') throw new TypeError_('dest_nodes must be a list.');
  checkList(destNodes, 'dest_nodes');
  const byName = new Map(graphDef.nodes.map((node) => [node.name, node]));
  for (const name of destNodes) if (!byName.has(name)) throw new AssertionError(`${name} is not in graph`);
  const kept = new Set<string>();
  const next = [...destNodes];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    const node = byName.get(name);
    if (!node || kept.has(name)) continue;
    kept.add(name);
    append(next, node.input.map(nameOf));
    append(next, besides(node));
  }
  return new GraphDef({ ...graphDef, nodes: graphDef.nodes.filter(({ name }) => kept.has(name)) });
}
/** The nodes that a node is to be placed with. */
function besides({ attr }: NodeMessage): string[] {
  const groups = attr._class?.value;
  if (!Array.isArray(groups)) return [];
  return groups.flatMap((group) => (typeof group === 'string' && group.startsWith('loc:@') ? [group.slice(5)] : []));
}

/** Node types that keep their value from run to run, in TensorFlow's list. */
const KEEPS = new Set(
  'Assign AssignAdd AssignSub Queue ScatterAdd ScatterSub ScatterUpdate TruncatedNormal Variable VariableV2'.split(' '),
);
/**
 * Whether TensorFlow has a node's kernel on the CPU alone.
 *
 *     tf.graphUtil.mustRunOnCpu(tf.constant('text').op)   // true
 *
 * @param node               an operation, or a node of a GraphDef
 * @param pinVariablesOnCpu  whether variables and what changes them count; false where not given
 * @returns  true for constants of strings and int32, and shape arithmetic
 * @throws TypeError  for anything else
 */
export const mustRunOnCpu = bound(
  'graph_util.must_run_on_cpu',
  (node: Operation | NodeMessage, pinVariablesOnCpu = false): boolean => {
    if (!(node instanceof Operation) && (typeof node !== 'object' || node === null || !('attr' in node)))
      throw new TypeError_(`node must be an Operation or a NodeDef, not ${worded(node)}`);
    const type = node instanceof Operation ? node.type : node.op;
    const attr = (name: string): unknown => (node instanceof Operation ? node.getAttr(name) : node.attr[name]?.value);
    if (pinVariablesOnCpu && KEEPS.has(type)) return true;
    if (type === 'Const') return attr('dtype') === string || attr('dtype') === int32;
    if (type === 'DynamicStitch' || type === 'ParallelDynamicStitch') return attr('T') === int32;
    return type === 'Cast' && attr('SrcT') === int32;
  },
);
/**
 * The static shape of a tensor, by its name or that of its node.
 *
 *     tf.constant([1, 2], { name: 'a' });
 *     tf.graphUtil.tensorShapeFromNodeDefName(tf.getDefaultGraph(), 'a').dims   // [2]
 *
 * @param graph      a graph
 * @param inputName  `a` or `a:0`
 * @returns  its shape, as far as it is known
 * @throws KeyError  for a name that is not in the graph
 */
export const tensorShapeFromNodeDefName = bound(
  'graph_util.tensor_shape_from_node_def_name',
  (graph: Graph, inputName: string): TensorShape =>
    graph.getTensorByName(inputName.includes(':') ? inputName : `${inputName}:0`).shape,
);

/**
 * A graph without nodes that do nothing but while training: checks for NaN, and identities that nothing waits for.
 *
 *     const x = tf.placeholder(tf.float32, [], 'x');
 *     tf.sqrt(tf.identity(x, 'same'), 'root');
 *     const def = tf.graphUtil.removeTrainingNodes(tf.getDefaultGraph().asGraphDef(), ['root']);
 *     def.node.map(({ name }) => name)   // ['x', 'root']
 *
 * @param inputGraph      a `tf.GraphDef`
 * @param protectedNodes  names of nodes that stay
 * @returns  a GraphDef
 * @throws TypeError  for anything but a GraphDef
 */
export const removeTrainingNodes = bound(
  'graph_util.remove_training_nodes',
  (inputGraph: GraphMessage, protectedNodes?: readonly string[]): GraphDef => {
    checkGraph(inputGraph, PROTO);
    const stays = new Set(protectedNodes ?? []);
    const removed = new Set(
      inputGraph.nodes.filter(({ op, name }) => op === 'CheckNumerics' && !stays.has(name)).map(({ name }) => name),
    );
    const nodes = inputGraph.nodes
      .filter(({ name }) => !removed.has(name))
      .map((node) => ({ ...node, input: node.input.filter((input) => !removed.has(input.replace(/^\^/, ''))) }));
    const waitedFor = new Set(nodes.flatMap(({ input }) => input.filter((i) => i.startsWith('^')).map(nameOf)));
    const spliced = new Map(
      nodes
        .filter(
          ({ op, name, input }) =>
            op === 'Identity' && !stays.has(name) && !waitedFor.has(name) && !input.some((i) => i.startsWith('^')),
        )
        .map(({ name, input }) => [name, input[0]]),
    );
    const behind = (given: string): string => {
      let input = given;
      for (let next = spliced.get(input.replace(/^\^/, '')); next !== undefined; )
        next = spliced.get((input = next).replace(/^\^/, ''));
      return input;
    };
    // As TensorFlow's, the result has nodes alone.
    return new GraphDef({
      nodes: nodes.filter(({ name }) => !spliced.has(name)).map((node) => ({ ...node, input: node.input.map(behind) })),
      library: null,
      versions: null,
      unknown: new Uint8Array(0),
    });
  },
);

/** What runs a graph. */
interface Runs {
  run(fetches: string[]): unknown;
}
/**
 * Freezes a graph: variables become constants of the values that they have in a session.
 *
 *     const w = new tf.Variable([1, 2], { name: 'w' });
 *     tf.multiply(w, 3, { name: 'y' });
 *     sess.run(tf.globalVariablesInitializer());
 *     const frozen = tf.graphUtil.convertVariablesToConstants(sess, tf.getDefaultGraph().asGraphDef(), ['y']);
 *     const [y] = tf.importGraphDef(frozen, { returnElements: ['y:0'] });
 *     new tf.Session().run(y)   // [3, 6]
 *
 * @param sess                    a session in which the variables have values
 * @param inputGraphDef           the graph, as `graph.asGraphDef()` gives it
 * @param outputNodeNames         names of the nodes that stay, with what they need
 * @param variableNamesWhitelist  the names of the variables that become constants; all where not given
 * @param variableNamesBlacklist  the names of those that do not
 * @returns  a GraphDef
 * @throws AssertionError           for a name that is not in the graph
 * @throws FailedPreconditionError  for a variable without a value
 */
export const convertVariablesToConstants = bound(
  'graph_util.convert_variables_to_constants',
  (
    sess: Runs,
    inputGraphDef: GraphMessage,
    outputNodeNames: readonly string[],
    variableNamesWhitelist?: readonly string[],
    variableNamesBlacklist?: readonly string[],
  ): GraphDef => {
    checkSession(sess);
    const part = subGraph(inputGraphDef, outputNodeNames);
    const isWanted = (name: string): boolean =>
      (!variableNamesWhitelist || variableNamesWhitelist.includes(name)) && !variableNamesBlacklist?.includes(name);
    return freeze(part, isWanted, (names) => {
      const values = names.length ? sess.run([...names]) : [];
      return Array.isArray(values) ? values : [];
    });
  },
);

/** What `convertConstantsToVariables` takes by name. */
export interface ThawOptions {
  /** Which constants become variables, by name and value. */
  readonly filter?: (name: string, value: NDArray) => boolean;
}
/**
 * Thaws a frozen graph, so that it can be trained on: constants become variables that begin with their values.
 * TensorFlow has nothing like it.
 *
 *     const frozen = new tf.Graph();
 *     frozen.asDefault(() => tf.multiply(tf.constant([1, 2], { name: 'w' }), 3, { name: 'y' }));
 *     tf.train.importMetaGraph(tf.graphUtil.convertConstantsToVariables(frozen.asGraphDef()));
 *     tf.trainableVariables().map((v) => v.name)   // ['w:0']
 *
 * @param graphDef  a `tf.GraphDef`
 * @param filter    which constants become variables, by name and value; those of floats with more than one element
 *   where not given
 * @returns  a MetaGraphDef, which `tf.train.importMetaGraph` makes variables of; nodes keep their names
 * @throws TypeError  for anything but a GraphDef
 */
export const convertConstantsToVariables = bound(
  'graph_util.convert_constants_to_variables',
  (
    graphDef: GraphMessage,
    filter: (name: string, value: NDArray) => boolean = (_, { dtype, size }) => dtype.isFloating && size > 1,
  ): MetaGraphDef => {
    checkGraph(graphDef, PROTO);
    const waitedFor = new Set(
      graphDef.nodes.flatMap(({ input }) => input.filter((i) => i.startsWith('^')).map(nameOf)),
    );
    const graph = new Graph();
    graph.asDefault(() => {
      const inputMap: Record<string, Tensor> = {};
      const replaced = new Set<string>();
      const reads = new Map(
        graphDef.nodes.filter(({ op, name }) => op === 'Identity' && name.endsWith('/read')).map((n) => [n.name, n]),
      );
      for (const { name, op, attr, device } of graphDef.nodes) {
        const value = op === 'Const' ? valueOf(attr.value) : null;
        if (!value || waitedFor.has(name) || !filter(name, value)) continue;
        const variable = graph.device(device || null, () => new Variable(value, { name }));
        replaced.add(name);
        inputMap[`${name}:0`] = variable.value();
        const read = reads.get(`${name}/read`);
        if (read?.input.length !== 1 || nameOf(read.input[0]) !== name || waitedFor.has(read.name)) continue;
        replaced.add(read.name);
        inputMap[`${read.name}:0`] = variable.value();
      }
      const used = new Set(graphDef.nodes.flatMap((n) => (replaced.has(n.name) ? [] : n.input.map(withIndex))));
      const rest = graphDef.nodes.filter(({ name }) => !replaced.has(name));
      const map = Object.fromEntries(Object.entries(inputMap).filter(([key]) => used.has(key)));
      importInto(graph, { ...graphDef, nodes: rest }, { name: '', inputMap: map });
    });
    return metaGraphOf({ graph });
  },
);
const withIndex = (input: string): string => (input.includes(':') ? input : `${input}:0`);
function valueOf(attr: Attr | undefined): NDArray | null {
  return attr?.kind === 'tensor' && attr.value instanceof NDArray ? attr.value : null;
}
