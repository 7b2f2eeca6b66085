/**
 * Branches and loops as messages of a meta graph, and back: what a graph that is imported needs so that its loops have
 * gradients. After TensorFlow's to_proto and from_proto.
 */
import {
  COND_CONTEXT_DEF,
  CONTROL_FLOW_CONTEXT_DEF,
  type CondMessage,
  VALUES_DEF,
  VALUE_ENTRY,
  type ValuesMessage,
  WHILE_CONTEXT_DEF,
  type WhileMessage,
} from '../format/control-flow';
import { append } from '../base/room';
import { type Parts, inside, joinedParts } from '../format/parts';
import { type Graph, Tensor } from '../graph/graph';
import { CondContext } from './cond-context';
import type { FlowContext } from './context';
import { WhileContext } from './while-context';

/** How names change on the way. */
type Rename = (name: string) => string;

// --- out -------------------------------------------------------------------------------------------------------

/** The bytes of a context that stands in a collection. */
export function contextBytes(context: FlowContext, strip: Rename): Uint8Array {
  return joinedParts(contextParts(context, strip));
}
/**
 * The bytes in parts, which are put together once: contexts lie deep in each other, and each says what is in it. What
 * lies inside is the last field of either message.
 */
function contextParts(context: FlowContext, strip: Rename): Parts {
  const [own, { nestedContexts }] =
    context instanceof WhileContext
      ? [WHILE_CONTEXT_DEF.write(whileMessage(context, strip)), WHILE_CONTEXT_DEF.fields]
      : [COND_CONTEXT_DEF.write(condMessage(context as CondContext, strip)), COND_CONTEXT_DEF.fields];
  const parts: Uint8Array[] = [own];
  for (const each of context.nested) {
    const { whileCtxt, condCtxt } = CONTROL_FLOW_CONTEXT_DEF.fields;
    const { number } = each instanceof WhileContext ? whileCtxt : condCtxt;
    append(parts, inside(nestedContexts.number, inside(number, contextParts(each, strip))));
  }
  return parts;
}
function condMessage(context: CondContext, strip: Rename): CondMessage {
  return COND_CONTEXT_DEF.make({
    contextName: strip(context.name),
    predName: strip(context.pred.name),
    pivotName: strip(context.pivot.name),
    branch: context.branch,
    valuesDef: valuesMessage(context, strip),
  });
}
function whileMessage(context: WhileContext, strip: Rename): WhileMessage {
  const { settings, pivotForPred, pivotForBody } = context;
  const named = (x: Tensor | null): string => (x ? strip(x.name) : '');
  return WHILE_CONTEXT_DEF.make({
    contextName: strip(context.name),
    parallelIterations: settings.parallelIterations,
    backProp: settings.backProp,
    swapMemory: settings.swapMemory,
    pivotName: strip(context.pivot.name),
    pivotForPredName: named(pivotForPred),
    pivotForBodyName: named(pivotForBody),
    loopExitNames: context.loopExits.map(named),
    valuesDef: valuesMessage(context, strip),
    loopEnterNames: context.loopEnters.map(named),
    maximumIterationsName: named(settings.maximumIterations),
  });
}
function valuesMessage({ values, external }: FlowContext, strip: Rename): ValuesMessage {
  const names = [...values].map(({ name }) => name).sort((a, b) => (a < b ? -1 : 1));
  const externalValues = [...external].map(([outside, inside]) =>
    VALUE_ENTRY.make({ key: strip(outside.name), value: strip(inside.name) }),
  );
  return VALUES_DEF.make({ values: names.map(strip), externalValues });
}
// --- in --------------------------------------------------------------------------------------------------------

/** A branch of a graph that was imported. */
export function condFrom(graph: Graph, bytes: Uint8Array, within: Rename): FlowContext {
  return condOf(graph, COND_CONTEXT_DEF.read(bytes), within);
}
/** A loop of a graph that was imported. */
export function whileFrom(graph: Graph, bytes: Uint8Array, within: Rename): FlowContext {
  return whileOf(graph, WHILE_CONTEXT_DEF.read(bytes), within);
}
function condOf(graph: Graph, def: CondMessage, within: Rename): FlowContext {
  const find = finder(graph, within);
  const context = new CondContext(
    find(def.predName),
    find(def.pivotName),
    def.branch === 1 ? 1 : 0,
    within(def.contextName),
  );
  return restored(context, def, within);
}
function whileOf(graph: Graph, def: WhileMessage, within: Rename): FlowContext {
  const find = finder(graph, within);
  const settings = {
    maximumIterations: def.maximumIterationsName ? find(def.maximumIterationsName) : null,
    parallelIterations: def.parallelIterations,
    backProp: def.backProp,
    swapMemory: def.swapMemory,
  };
  const context = new WhileContext(graph, settings, { imported: within(def.contextName) });
  context.pivotForPred = find(def.pivotForPredName);
  context.pivotForBody = find(def.pivotForBodyName);
  context.pivot = find(def.pivotName);
  context.loopExits = def.loopExitNames.map(find);
  context.loopEnters = def.loopEnterNames.map(find);
  return restored(context, def, within);
}
const finder =
  (graph: Graph, within: Rename) =>
  (name: string): Tensor =>
    graph.getTensorByName(within(name));
/** Puts into a context what it knows, and the contexts inside of it. */
function restored(context: FlowContext, def: CondMessage | WhileMessage, within: Rename): FlowContext {
  const { graph } = context;
  const { values = [], externalValues = [] } = def.valuesDef ?? {};
  const named = (name: string): Tensor | null => {
    const found = graph.findOperation(within(name).replace(/:\d+$/, ''))?.outputs[
      Number(/:(\d+)$/.exec(name)?.[1] ?? 0)
    ];
    return found instanceof Tensor ? found : null;
  };
  const outside = new Set(externalValues.map(({ key }) => key));
  for (const { key, value } of externalValues) {
    const [from, to] = [named(key), named(value)];
    if (from && to) context.external.set(from, to);
  }
  for (const name of values) {
    const tensor = named(name);
    if (!tensor) continue;
    context.values.add(tensor);
    if (!outside.has(name)) tensor.op.context = context;
  }
  context.within(() => {
    for (const bytes of def.nestedContexts) {
      const { condCtxt, whileCtxt } = CONTROL_FLOW_CONTEXT_DEF.read(bytes);
      if (condCtxt) condOf(graph, condCtxt, within);
      else if (whileCtxt) whileOf(graph, whileCtxt, within);
    }
  });
  return context;
}
